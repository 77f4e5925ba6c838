# The lab's own controller: one program of the workload image, started as stakater/Reloader is, by arguments alone.
ARG WORKLOADS
FROM ${WORKLOADS}
ENTRYPOINT ["node", "/lab/config-reloader.js"]
