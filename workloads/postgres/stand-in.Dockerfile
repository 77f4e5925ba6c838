# PostgreSQL from Debian's packages, laid out as in its own image where the lab needs it.
ARG BASE
FROM ${BASE}
ADD postgres.tar /
# initdb wants a name for who runs it; 999 as in PostgreSQL's own image.
RUN echo 'postgres:x:999:999::/:/bin/bash' >>/etc/passwd && echo 'postgres:x:999:' >>/etc/group
# The programs in /usr/bin are wrappers which ask for a cluster of Debian's own.
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin
