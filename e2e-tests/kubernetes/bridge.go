package main

import (
	"flag"
	"io"
	"log"
	"net"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// runBridge listens in one network namespace and hands each connection to an
// address of another.
func runBridge(arguments []string) error {
	flags := flag.NewFlagSet(arguments[0], flag.ExitOnError)
	listen := flags.String("listen", "", "address to listen on")
	listenIn := flags.String("listen-netns", "", "file of the namespace to listen in; empty for this one")
	to := flags.String("to", "", "address to connect to")
	toIn := flags.String("to-netns", "", "file of the namespace to connect in; empty for this one")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	var listener net.Listener
	err := inNamespace(*listenIn, func() (err error) {
		listener, err = net.Listen("tcp", *listen)
		return err
	})
	if err != nil {
		return err
	}
	for {
		from, err := listener.Accept()
		if err != nil {
			return err
		}
		go connect(from, *to, *toIn)
	}
}

func connect(from net.Conn, address, namespace string) {
	defer from.Close()
	var to net.Conn
	// The address is numeric: a resolver would ask from another thread.
	err := inNamespace(namespace, func() (err error) {
		to, err = net.Dial("tcp", address)
		return err
	})
	if err != nil {
		log.Printf("cannot reach %s: %v", address, err)
		return
	}
	defer to.Close()
	go pour(to, from)
	pour(from, to)
}

// pour copies until the source ends, and passes the end on.
func pour(to, from net.Conn) {
	if _, err := io.Copy(to, from); err == nil {
		_ = to.(*net.TCPConn).CloseWrite()
	}
}

// inNamespace runs work on a thread that has entered the namespace. The thread
// stays locked to its goroutine and so ends with it.
func inNamespace(file string, work func() error) error {
	if file == "" {
		return work()
	}
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		namespace, err := os.Open(file)
		if err == nil {
			err = unix.Setns(int(namespace.Fd()), unix.CLONE_NEWNET)
			namespace.Close()
		}
		if err == nil {
			err = work()
		}
		done <- err
	}()
	return <-done
}
