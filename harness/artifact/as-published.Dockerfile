# An image of others as it is. The label makes it an image of its own, of this machine's platform.
ARG BASE
FROM ${BASE}
LABEL incident-lab=as-published
