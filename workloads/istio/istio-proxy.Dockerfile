# The sidecar: a stock Envoy, and Istio's agent that starts it; laid out as in Istio's own image. The agent also sets the pod's iptables rules.
ARG BASE
FROM ${BASE}
COPY envoy_bootstrap.json /var/lib/istio/envoy/envoy_bootstrap_tmpl.json
COPY envoy /usr/local/bin/envoy
COPY pilot-agent /usr/local/bin/pilot-agent
ENTRYPOINT ["/usr/local/bin/pilot-agent"]
