# PostgreSQL from Debian's packages, on the base of the other images.
ARG BASE
FROM ${BASE}
ADD postgres.tar /
COPY start.sh /usr/local/bin/start-database
# initdb wants a name for who runs it; 999 as in PostgreSQL's own image.
RUN echo 'postgres:x:999:999::/:/bin/bash' >>/etc/passwd && echo 'postgres:x:999:' >>/etc/group && install -d -o 999 -g 999 -m 700 /template
# The programs in /usr/bin are wrappers which ask for a cluster of Debian's own.
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin PGDATA=/data/cluster
USER 999:999
RUN bash /usr/local/bin/start-database template
WORKDIR /
# A fast shutdown: it does not wait for clients to leave.
STOPSIGNAL SIGINT
ENTRYPOINT ["bash", "/usr/local/bin/start-database"]
