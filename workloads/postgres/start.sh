#!/bin/bash
# Decides how the database comes up: its data is complete before it listens on TCP, so that an answer there means ready.
set -euo pipefail
trap 'exit 143' INT TERM # as process 1 it would not notice

readonly data=${PGDATA:-/data/cluster} name=${DB_NAME:-orders} source=${COPY_FROM:-} wait_s=60
readonly draft=$data.draft template=/template
export DB_NAME=$name PGHOST=/tmp

fail() {
  echo "The database cannot start: $*" >&2
  exit 1
}

main() {
  if [[ ${1:-} == template ]]; then template; exit; fi
  [[ -n ${DB_USER:-} && -n ${DB_PASSWORD:-} ]] || fail "DB_USER or DB_PASSWORD is missing. Set both; COPY_FROM changes nothing about it."
  [[ -z $source || (-n ${COPY_USER:-} && -n ${COPY_PASSWORD:-}) ]] || fail "COPY_FROM is '$source', so set COPY_USER and COPY_PASSWORD too."
  [[ -d $data ]] || build # a container that was started again goes on with what it has
  exec postgres -D "$data" -c listen_addresses=0.0.0.0
}

# Under another name until it is complete: an interrupted start leaves nothing that looks finished.
build() {
  rm -rf "$draft"
  cp --archive "$template" "$draft"
  pg_ctl --pgdata="$draft" --wait --silent start
  create_database
  if [[ -n $source ]]; then copy; else first_orders | into_database; fi
  pg_ctl --pgdata="$draft" --wait --silent --mode=fast stop
  mv "$draft" "$data"
}

# A cluster that nobody has written to yet, part of the image: to make one takes a second of CPU time, and every pod would pay it.
template() {
  initdb --pgdata="$template" --username=postgres --auth-local=trust --auth-host=md5 \
    --encoding=UTF8 --locale=C.UTF-8 --no-instructions || fail "initdb: see the messages above."
  echo 'host all all all md5' >>"$template/pg_hba.conf"
  settings >>"$template/postgresql.conf"
}

# Small, and careless of a power cut: the data is gone with the pod in any case. Only the socket until told otherwise. SCRAM takes some ms of
# CPU time on either side of each connection, and its clients here connect for each request.
settings() {
  cat <<'END'
listen_addresses = ''
unix_socket_directories = '/tmp'
max_connections = 50
shared_buffers = 16MB
max_wal_size = 64MB
wal_level = minimal
max_wal_senders = 0
fsync = off
full_page_writes = off
jit = off
password_encryption = md5
timezone = 'GMT'
log_timezone = 'GMT'
END
}

create_database() {
  psql --username=postgres --dbname=postgres --no-psqlrc --quiet --set=ON_ERROR_STOP=1 <<'END'
\getenv user DB_USER
\getenv password DB_PASSWORD
\getenv name DB_NAME
CREATE ROLE :"user" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"user";
END
}

into_database() {
  psql --username="$DB_USER" --dbname="$name" --no-psqlrc --quiet --output=/dev/null --single-transaction --set=ON_ERROR_STOP=1
}

first_orders() {
  cat <<'END'
CREATE TABLE orders (id integer PRIMARY KEY, item text NOT NULL);
INSERT INTO orders VALUES (1, 'anchor'), (2, 'lantern'), (3, 'compass');
END
}

copy() {
  until pg_isready --quiet --host="$source" --timeout=1; do
    ((SECONDS < wait_s)) || fail "$source did not answer within $wait_s s, so there is nothing to copy from. Check that it runs and that its name resolves."
    sleep 0.2
  done
  dump | into_database || fail "not everything could be copied from $source: see the message above. Check COPY_USER and COPY_PASSWORD."
  echo "copied database $name from $source"
}

dump() {
  PGPASSWORD=$COPY_PASSWORD pg_dump --host="$source" --username="$COPY_USER" --no-password --no-owner --no-privileges "$name"
}

main "$@"
