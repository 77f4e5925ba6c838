# Node.js where its own image cannot be pulled: the program that npm brought to this machine. BASE has a C library and a C++ one.
ARG BASE
FROM ${BASE}
COPY node /usr/local/bin/node
