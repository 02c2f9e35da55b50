package main

// Addresses of the node's network, inside its own network namespace. They are
// of the range that RFC 2544 keeps for benchmarks, which is routed nowhere.
// The script "cluster" says the same.
const (
	nodeName       = "node-0"
	nodeAddress    = "198.18.0.1"
	serviceRange   = "198.18.64.0/20"
	serviceAddress = "198.18.64.1"
)
