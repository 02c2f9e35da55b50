package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/embed"
	"golang.org/x/sys/unix"
	logsapi "k8s.io/component-base/logs/api/v1"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	manager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	scheduleroptions "k8s.io/kubernetes/cmd/kube-scheduler/app/options"
)

const startPatience = 2 * time.Minute

// runControlPlane runs etcd, kube-apiserver, kube-controller-manager and
// kube-scheduler in one process, with half the memory and start time of four.
// Only the API server's port is fixed; it listens on 127.0.0.1. It ends at
// once: etcd's log outlives the process, and a start after it reads it again.
// With -api-only there are neither controllers nor a scheduler.
func runControlPlane(arguments []string) error {
	flags := flag.NewFlagSet(arguments[0], flag.ExitOnError)
	directory := stateFlag(flags)
	master := flags.Int("while", 0, "ends when this process has ended; 0 for no such process")
	apiOnly := flags.Bool("api-only", false, "etcd and kube-apiserver alone")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	s := state(*directory)
	address, err := s.server()
	if err != nil {
		return err
	}

	// Each command would set up the logging of the process once more.
	logsapi.ReapplyHandling = logsapi.ReapplyHandlingIgnoreUnchanged
	// The controller manager first: its constructor changes the default of a
	// feature gate, which panics once another command has read the gates.
	managerCommand := manager.NewControllerManagerCommand()
	schedulerOptions := scheduleroptions.NewOptions()
	apiCommand := apiserver.NewAPIServerCommand()

	store, err := startStore(s.file("etcd"))
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}

	ended := make(chan error, 3)
	start(ended, "kube-apiserver", apiCommand, apiServerFlags(s, store.Clients[0].Addr().String()))
	if err := awaitReady(s, address, ended); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "kube-apiserver is ready at", address)
	if !*apiOnly {
		start(ended, "kube-controller-manager", managerCommand, managerFlags(s))
		go func() {
			ended <- fmt.Errorf("kube-scheduler: %w", runScheduler(apiCommand.Context(), schedulerOptions, s))
		}()
	}

	select {
	case err := <-ended:
		return err
	case <-apiCommand.Context().Done(): // SIGTERM or SIGINT
		return nil
	case <-endOf(*master):
		return fmt.Errorf("process %d has ended", *master)
	}
}

// endOf tells when a process of this machine has ended, so that a test run
// that is killed leaves no cluster behind.
func endOf(process int) <-chan struct{} {
	ended := make(chan struct{})
	if process != 0 {
		go func() {
			for unix.Kill(process, 0) == nil {
				time.Sleep(time.Second)
			}
			close(ended)
		}()
	}
	return ended
}

// startStore starts etcd on ports of the system's choice, which nobody but the
// API server beside it needs to know. A test cluster need not survive a power
// cut: no fsync.
func startStore(directory string) (*embed.Etcd, error) {
	config := embed.NewConfig()
	config.Dir = directory
	config.LogLevel = "error"
	config.UnsafeNoFsync = true
	// etcd refuses writes from 2 GiB on, less than what many thousand objects
	// leave between two compactions.
	config.QuotaBackendBytes = 8 << 30
	anyPort := []url.URL{{Scheme: "http", Host: "127.0.0.1:0"}}
	config.ListenClientUrls, config.AdvertiseClientUrls = anyPort, anyPort
	config.ListenPeerUrls, config.AdvertisePeerUrls = anyPort, anyPort
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	store, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	select {
	case <-store.Server.ReadyNotify():
		return store, nil
	case err := <-store.Err():
		return nil, err
	case <-time.After(startPatience):
		store.Close()
		return nil, fmt.Errorf("not ready after %v", startPatience)
	}
}

func start(ended chan<- error, name string, command *cobra.Command, flags []string) {
	command.SetArgs(flags)
	go func() {
		err := command.Execute()
		if err == nil {
			err = errors.New("ended")
		}
		ended <- fmt.Errorf("%s: %w", name, err)
	}()
}

func awaitReady(s state, address string, ended <-chan error) error {
	authority, err := os.ReadFile(s.pki("ca.crt"))
	if err != nil {
		return err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	client := &http.Client{
		Timeout:   2 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}},
	}
	deadline := time.After(startPatience)
	for {
		// Anyone may ask for /readyz.
		if answer, err := client.Get(address + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-ended:
			return err
		case <-deadline:
			return fmt.Errorf("kube-apiserver: not ready after %v", startPatience)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func apiServerFlags(s state, store string) []string {
	port, _ := s.port()
	return []string{
		"--etcd-servers=http://" + store,
		"--bind-address=127.0.0.1",
		"--secure-port=" + strconv.Itoa(port),
		// Where pods of the real node find it; nobody listens there without one.
		"--advertise-address=" + nodeAddress,
		"--cert-dir=" + s.file("apiserver"),
		"--tls-cert-file=" + s.pki("apiserver.crt"),
		"--tls-private-key-file=" + s.pki("apiserver.key"),
		"--client-ca-file=" + s.pki("ca.crt"),
		"--kubelet-client-certificate=" + s.pki("kubelet-client.crt"),
		"--kubelet-client-key=" + s.pki("kubelet-client.key"),
		"--kubelet-certificate-authority=" + s.pki("ca.crt"),
		"--kubelet-preferred-address-types=InternalIP",
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction,OwnerReferencesPermissionEnforcement",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + s.pki("sa.pub"),
		"--service-account-signing-key-file=" + s.pki("sa.key"),
		"--service-cluster-ip-range=" + serviceRange,
		"--audit-policy-file=" + s.file("audit-policy.yaml"),
		"--audit-log-path=" + s.file("log", "audit.log"),
		"--audit-log-mode=blocking",
		// One file, in MiB: tests read all of it, and from 100 on it would begin another.
		"--audit-log-maxsize=1048576",
		"--allow-privileged=true",
		// GET /debug/pprof/profile tells where the processor time of the whole process goes.
		"--profiling=true",
	}
}

func managerFlags(s state) []string {
	return []string{
		"--kubeconfig=" + s.file("manager.kubeconfig"),
		"--leader-elect=false",
		"--secure-port=0",
		"--use-service-account-credentials=true",
		"--service-account-private-key-file=" + s.pki("sa.key"),
		"--root-ca-file=" + s.pki("ca.crt"),
		"--cluster-signing-cert-file=" + s.pki("ca.crt"),
		"--cluster-signing-key-file=" + s.pki("ca.key"),
		"--controllers=*,-node-ipam-controller,-cloud-node-lifecycle-controller,-service-lb-controller,-node-route-controller",
		// With the defaults the controllers throttle themselves for seconds at start.
		"--kube-api-qps=300",
		"--kube-api-burst=600",
		"--concurrent-job-syncs=20",
		"--node-monitor-grace-period=20s",
	}
}

// runScheduler sets the scheduler up by hand: its command would install a
// second signal handler, which panics.
func runScheduler(ctx context.Context, options *scheduleroptions.Options, s state) error {
	for name, value := range map[string]string{
		"kubeconfig":   s.file("scheduler.kubeconfig"),
		"leader-elect": "false",
		"secure-port":  "0",
	} {
		if err := set(options, name, value); err != nil {
			return err
		}
	}
	config, built, err := scheduler.Setup(ctx, options)
	if err != nil {
		return err
	}
	if err := scheduler.Run(ctx, config, built); err != nil {
		return err
	}
	return errors.New("ended")
}

func set(options *scheduleroptions.Options, name, value string) error {
	for _, flags := range options.Flags.FlagSets {
		if flags.Lookup(name) != nil {
			return flags.Set(name, value)
		}
	}
	return fmt.Errorf("this version has no flag --%s", name)
}
