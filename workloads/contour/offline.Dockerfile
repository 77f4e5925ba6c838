# Contour from its Go module, laid out as in its own image.
ARG BASE
FROM ${BASE}
COPY contour /bin/contour
USER 65534:65534
ENTRYPOINT ["/bin/contour"]
