package main

import (
	_ "embed"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed audit-policy.yaml
var auditPolicy []byte

// state is the directory that holds all that a cluster is.
type state string

func (s state) file(parts ...string) string {
	return filepath.Join(append([]string{string(s)}, parts...)...)
}

func (s state) pki(name string) string { return s.file("pki", name) }

// port is the API server's, on 127.0.0.1.
func (s state) port() (int, error) {
	text, err := os.ReadFile(s.file("port"))
	if err != nil {
		return 0, fmt.Errorf("no cluster is prepared in %s: %w", s, err)
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

func (s state) server() (string, error) {
	port, err := s.port()
	return fmt.Sprintf("https://127.0.0.1:%d", port), err
}

// stateFlag adds the flag that every tool of a cluster has.
func stateFlag(flags *flag.FlagSet) *string {
	return flags.String("state", "", "directory of the cluster")
}

// prepare makes certificates and kubeconfigs and picks the port of a new cluster.
func prepare(arguments []string) error {
	flags := flag.NewFlagSet(arguments[0], flag.ExitOnError)
	directory := stateFlag(flags)
	port := flags.Int("port", 0, "of the API server; 0 for a free one")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	s := state(*directory)
	if err := os.MkdirAll(s.file("pki"), 0o700); err != nil {
		return err
	}
	if *port == 0 {
		free, err := freePort()
		if err != nil {
			return err
		}
		*port = free
	}
	if err := os.WriteFile(s.file("port"), fmt.Appendln(nil, *port), 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(s.file("audit-policy.yaml"), auditPolicy, 0o600); err != nil {
		return err
	}
	return makeCertificates(s)
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
