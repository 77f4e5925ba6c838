# Envoy's own image, pinned by digest.
FROM envoyproxy/envoy:v1.37.2@sha256:c5e8a68e52f4d4697a9adb280dbe415d77fedf1257e183dcb86205bd438f18bd
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/envoy"]
