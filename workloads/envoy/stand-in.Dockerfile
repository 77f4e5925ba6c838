# Envoy from its Python package, where its own image has it.
ARG BASE
FROM ${BASE}
COPY envoy /usr/local/bin/envoy
