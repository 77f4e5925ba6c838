# The control plane goes away for 4 s, and comes back.
kubectl --namespace lab-istio scale deployment istiod --replicas 0
kubectl --namespace lab-istio wait --for delete pod --selector app=istiod --timeout 30s
sleep 4
kubectl --namespace lab-istio scale deployment istiod --replicas 1
kubectl --namespace lab-istio rollout status deployment istiod --timeout 60s
