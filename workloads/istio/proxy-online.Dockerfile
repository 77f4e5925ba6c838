# Istio's own image of the sidecar, pinned by digest.
FROM docker.io/istio/proxyv2:1.31.0@sha256:e3b973cce2442c2883188d8cf839dff8a21075fab0e00e5079df6ef28c9caf17
