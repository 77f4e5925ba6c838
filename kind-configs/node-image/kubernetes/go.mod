// Says where the module is, and no more: each minor version of Kubernetes is built with a modfile of its own, such as v1.34.mod.
module kubernetes-incident-lab/kubernetes

go 1.24.0
