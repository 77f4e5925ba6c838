# Istio's own image of istiod.
FROM docker.io/istio/pilot:1.31.0
