# istiod from its Go module, laid out as in Istio's own image.
ARG BASE
FROM ${BASE}
COPY pilot-discovery /usr/local/bin/pilot-discovery
USER 1337:1337
ENTRYPOINT ["/usr/local/bin/pilot-discovery"]
