package main

import (
	"context"
	"flag"
	"log"
	"net"
	"net/netip"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/clientcmd"
)

const clusterDomain = ".svc.cluster.local."

// runDNS answers for services of the cluster and for nothing else: no name of
// the world outside resolves in a test cluster.
func runDNS(arguments []string) error {
	flags := flag.NewFlagSet(arguments[0], flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "of a user that may watch services")
	listen := flags.String("listen", nodeAddress+":53", "UDP address")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	services := factory.Core().V1().Services().Lister()
	factory.Start(context.Background().Done())
	factory.WaitForCacheSync(context.Background().Done())
	socket, err := net.ListenPacket("udp", *listen)
	if err != nil {
		return err
	}
	question := make([]byte, 1500)
	for {
		size, from, err := socket.ReadFrom(question)
		if err != nil {
			return err
		}
		reply, err := answer(question[:size], services)
		if err != nil {
			log.Printf("%v asked what cannot be read: %v", from, err)
			continue
		}
		if _, err := socket.WriteTo(reply, from); err != nil {
			log.Printf("cannot answer %v: %v", from, err)
		}
	}
}

func answer(packet []byte, services v1.ServiceLister) ([]byte, error) {
	var parser dnsmessage.Parser
	header, err := parser.Start(packet)
	if err != nil {
		return nil, err
	}
	question, err := parser.Question()
	if err != nil {
		return nil, err
	}
	reply := dnsmessage.Message{
		Header: dnsmessage.Header{
			ID: header.ID, Response: true, Authoritative: true, RecursionDesired: header.RecursionDesired,
		},
		Questions: []dnsmessage.Question{question},
	}
	address, known := addressOf(strings.ToLower(question.Name.String()), services)
	switch {
	case !known:
		reply.RCode = dnsmessage.RCodeNameError
	case question.Type == dnsmessage.TypeA:
		reply.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: question.Name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET, TTL: 5},
			Body:   &dnsmessage.AResource{A: address},
		}}
	}
	return reply.Pack()
}

// addressOf finds SERVICE.NAMESPACE.svc.cluster.local.
func addressOf(name string, services v1.ServiceLister) ([4]byte, bool) {
	below, inside := strings.CutSuffix(name, clusterDomain)
	service, namespace, whole := strings.Cut(below, ".")
	if !inside || !whole {
		return [4]byte{}, false
	}
	found, err := services.Services(namespace).Get(service)
	if err != nil {
		return [4]byte{}, false
	}
	address, err := netip.ParseAddr(found.Spec.ClusterIP)
	if err != nil || !address.Is4() {
		return [4]byte{}, false
	}
	return address.As4(), true
}
