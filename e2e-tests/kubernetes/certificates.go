package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"flag"
	"fmt"
	"math/big"
	"net"
	"os"
	"strings"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// A throw-away cluster outlives no month.
const validity = 30 * 24 * time.Hour

// authority signs certificates.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// makeCertificates writes what the components of a cluster know each other by.
func makeCertificates(s state) error {
	ca, err := newAuthority(s)
	if err != nil {
		return err
	}
	serviceAccounts, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&serviceAccounts.PublicKey)
	if err != nil {
		return err
	}
	if err := writePEM(s.pki("sa.pub"), "PUBLIC KEY", public); err != nil {
		return err
	}
	if err := writeKey(s.pki("sa.key"), serviceAccounts); err != nil {
		return err
	}
	for name, template := range map[string]*x509.Certificate{
		"apiserver": server("kube-apiserver", nil,
			[]string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"},
			"127.0.0.1", nodeAddress, serviceAddress),
		"kubelet-server": server("system:node:"+nodeName, []string{"system:nodes"}, []string{nodeName}, nodeAddress),
		"kubelet-client": client("apiserver-kubelet-client", "system:masters"),
	} {
		certificate, key, err := ca.sign(template)
		if err != nil {
			return err
		}
		if err := writePEM(s.pki(name+".crt"), "CERTIFICATE", certificate); err != nil {
			return err
		}
		if err := writeKey(s.pki(name+".key"), key); err != nil {
			return err
		}
	}
	for name, template := range map[string]*x509.Certificate{
		"admin":      client("admin", "system:masters"),
		"manager":    client("system:kube-controller-manager"),
		"scheduler":  client("system:kube-scheduler"),
		"kube-proxy": client("system:kube-proxy"),
		"kubelet":    client("system:node:"+nodeName, "system:nodes"),
	} {
		if err := ca.writeKubeconfig(s, s.file(name+".kubeconfig"), template); err != nil {
			return err
		}
	}
	return nil
}

// printKubeconfig lets in one more user, by a certificate of the cluster's authority.
func printKubeconfig(arguments []string) error {
	flags := flag.NewFlagSet(arguments[0], flag.ExitOnError)
	directory := stateFlag(flags)
	user := flags.String("user", "", "name of the user")
	groups := flags.String("groups", "", "groups of the user, separated by commas")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	s := state(*directory)
	ca, err := readAuthority(s)
	if err != nil {
		return err
	}
	var in []string
	if *groups != "" {
		in = strings.Split(*groups, ",")
	}
	return ca.writeKubeconfig(s, "/dev/stdout", client(*user, in...))
}

func newAuthority(s state) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := certificate("atelier-test-cluster", nil)
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	if err := writePEM(s.pki("ca.crt"), "CERTIFICATE", signed); err != nil {
		return nil, err
	}
	if err := writeKey(s.pki("ca.key"), key); err != nil {
		return nil, err
	}
	return readAuthority(s)
}

func readAuthority(s state) (*authority, error) {
	certificate, err := readPEM(s.pki("ca.crt"))
	if err != nil {
		return nil, err
	}
	key, err := readPEM(s.pki("ca.key"))
	if err != nil {
		return nil, err
	}
	ca := &authority{}
	if ca.certificate, err = x509.ParseCertificate(certificate); err != nil {
		return nil, err
	}
	ca.key, err = x509.ParseECPrivateKey(key)
	return ca, err
}

func (ca *authority) sign(template *x509.Certificate) ([]byte, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, ca.certificate, &key.PublicKey, ca.key)
	return signed, key, err
}

func (ca *authority) writeKubeconfig(s state, file string, template *x509.Certificate) error {
	signed, key, err := ca.sign(template)
	if err != nil {
		return err
	}
	encodedKey, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	address, err := s.server()
	if err != nil {
		return err
	}
	const name = "atelier"
	config := clientcmdapi.NewConfig()
	config.Clusters[name] = &clientcmdapi.Cluster{
		Server:                   address,
		CertificateAuthorityData: encode("CERTIFICATE", ca.certificate.Raw),
	}
	config.AuthInfos[name] = &clientcmdapi.AuthInfo{
		ClientCertificateData: encode("CERTIFICATE", signed),
		ClientKeyData:         encode("EC PRIVATE KEY", encodedKey),
	}
	config.Contexts[name] = &clientcmdapi.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	text, err := clientcmd.Write(*config)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

func certificate(name string, groups []string) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(fmt.Sprintf("no random numbers: %v", err))
	}
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: name, Organization: groups},
		NotBefore:    time.Now().Add(-time.Minute),
		NotAfter:     time.Now().Add(validity),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
}

func client(name string, groups ...string) *x509.Certificate {
	template := certificate(name, groups)
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return template
}

func server(name string, groups []string, hosts []string, addresses ...string) *x509.Certificate {
	template := certificate(name, groups)
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	template.DNSNames = hosts
	for _, address := range addresses {
		template.IPAddresses = append(template.IPAddresses, net.ParseIP(address))
	}
	return template
}

func encode(kind string, bytes []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes})
}

func writePEM(file, kind string, bytes []byte) error {
	return os.WriteFile(file, encode(kind, bytes), 0o600)
}

func writeKey(file string, key *ecdsa.PrivateKey) error {
	encoded, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(file, "EC PRIVATE KEY", encoded)
}

func readPEM(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s holds no PEM block; remove the cluster ('cluster down') and make a new one", file)
	}
	return block.Bytes, nil
}
