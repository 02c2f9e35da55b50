// One binary for a test cluster: a control plane in one process, the parts of
// a real node, kubectl, and the little tools that set a cluster up. The first
// argument (or the name that the binary is called by) says which of them runs.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	_ "time/tzdata" // CronJobs in time zones, on machines without tzdata

	"github.com/spf13/cobra"
	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/component-base/cli"
	"k8s.io/component-base/logs"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	kubeproxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

// parts by the name that picks them. Each gets its arguments as os.Args holds
// them: its own name first.
var parts = map[string]func(arguments []string) error{
	"bridge":        runBridge,
	"control-plane": runControlPlane,
	"dns":           runDNS,
	"image":         writeImage,
	"kubeconfig":    printKubeconfig,
	"kubectl":       runKubectl,
	"kubelet":       runCommand(func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) }),
	"kube-proxy":    runCommand(kubeproxy.NewProxyCommand),
	"prepare":       prepare,
}

func main() {
	arguments := os.Args
	name := filepath.Base(arguments[0])
	if _, known := parts[name]; !known && len(arguments) > 1 {
		arguments = arguments[1:]
		name = arguments[0]
	}
	part, known := parts[name]
	if !known {
		fmt.Fprintf(os.Stderr, "no part %q; write one of %s\n", name, strings.Join(names(), ", "))
		os.Exit(2)
	}
	if err := part(arguments); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

func names() []string {
	all := make([]string, 0, len(parts))
	for name := range parts {
		all = append(all, name)
	}
	sort.Strings(all)
	return all
}

// runCommand runs a Kubernetes component, which exits by itself.
func runCommand(build func() *cobra.Command) func([]string) error {
	return func(arguments []string) error {
		os.Args = arguments
		os.Exit(cli.Run(build()))
		return nil
	}
}

func runKubectl(arguments []string) error {
	os.Args = arguments
	if _, err := logs.GlogSetter(kubectl.GetLogVerbosity(os.Args)); err != nil {
		return err
	}
	// Prints as kubectl does, and exits with its status.
	kubectlutil.CheckErr(cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()))
	return nil
}
