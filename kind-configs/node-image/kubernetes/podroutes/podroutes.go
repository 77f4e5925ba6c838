// Package podroutes is the pod network of a node: the node's own pod CIDR becomes its CNI
// configuration, and each other node's pod CIDR a route to that node. It follows a watch.
package podroutes

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const kubeconfig = "/etc/kubernetes/kubelet.conf"

// Run keeps configuration and routes as the cluster's nodes say, until the context ends.
func Run(ctx context.Context) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return fmt.Errorf("pod-routes: the kubelet's identity cannot be read: %w", err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	self, err := os.Hostname()
	if err != nil {
		return err
	}
	// An informer backs off up to 30 s. While the control plane comes up that would delay every node.
	if err := wait.PollUntilContextCancel(ctx, 200*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		_, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{Limit: 1})
		return err == nil, nil
	}); err != nil {
		return err
	}
	return follow(ctx, client, self)
}

func follow(ctx context.Context, client kubernetes.Interface, self string) error {
	factory := informers.NewSharedInformerFactory(client, 0)
	nodes := factory.Core().V1().Nodes()
	changed := make(chan struct{}, 1)
	notify := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	if _, err := nodes.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { notify() },
		DeleteFunc: func(any) { notify() },
		UpdateFunc: func(before, after any) {
			if network(before.(*corev1.Node)) != network(after.(*corev1.Node)) {
				notify()
			}
		},
	}); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
			known, err := nodes.Lister().List(labels.Everything())
			if err != nil {
				return err
			}
			if err := apply(self, known); err != nil {
				return fmt.Errorf("pod-routes: %w", err) // systemd starts it anew
			}
		}
	}
}

// A node's part of the pod network. The zero value stands for a node that has none yet.
type nodeNetwork struct{ name, podCIDR, address string }

func network(node *corev1.Node) nodeNetwork {
	for _, address := range node.Status.Addresses {
		if address.Type == corev1.NodeInternalIP && node.Spec.PodCIDR != "" {
			return nodeNetwork{node.Name, node.Spec.PodCIDR, address.Address}
		}
	}
	return nodeNetwork{}
}
