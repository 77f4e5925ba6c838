# PostgreSQL's own image, pinned by digest.
FROM postgres:17@sha256:d74eeac9a635390a49bc21bd49fccd973de707e2a53a76ac49b552b8712ec46f
COPY start.sh /usr/local/bin/start-database
RUN install -d -o 999 -g 999 -m 700 /template
ENV PGDATA=/data/cluster
USER 999:999
RUN bash /usr/local/bin/start-database template
WORKDIR /
STOPSIGNAL SIGINT
ENTRYPOINT ["bash", "/usr/local/bin/start-database"]
CMD []
