# The real node of 'cluster': containerd, kubelet and kube-proxy in a network
# namespace of their own, joined to the machine by a pair of virtual devices.
# Addresses are of the range that RFC 2544 keeps for benchmarks, which is
# routed nowhere; network.go says the same.
# shellcheck shell=bash disable=SC2154

node_name=node-0
node_address=198.18.0.1
machine_address=198.18.0.2
pod_range=198.19.0.0/24
netns_file=/run/netns/atelier-node
node_packages="containerd runc containernetworking-plugins iptables conntrack iproute2 procps"

node() {
  if [ "${1:-}" = --install ]; then
    apt-get update -q
    # shellcheck disable=SC2086
    apt-get install -y -q --no-install-recommends $node_packages
    return
  fi
  require_up
  alive control-plane || fail "the control plane does not run; start it: cluster up"
  require_node_programs
  if ! alive kubelet; then
    if [ -e "$netns_file" ]; then fail "$netns_file exists: another cluster of this machine has a node; end it first (cluster --state ITS_DIR down)"; fi
    local began
    began=$(now)
    node_network
    node_configuration
    start_in_node containerd containerd -c "$state/containerd/config.toml" -l warn
    await 20 containerd node_ctr version
    "$bin/kubernetes" image "$state/pause.tar" docker.io/atelier/pause:1 /pause "$bin/pause=/pause"
    node_import "$state/pause.tar"
    start_in_node kubelet "$bin/kubernetes" kubelet --config="$state/kubelet/config.yaml" \
      --kubeconfig="$state/kubelet.kubeconfig" --root-dir="$state/kubelet" --cert-dir="$state/kubelet/pki" \
      --hostname-override=$node_name --node-ip=$node_address
    start_in_node kube-proxy "$bin/kubernetes" kube-proxy --config="$state/kubelet/proxy.yaml"
    # In place of CoreDNS: services by name, and no other names.
    start_in_node dns "$bin/kubernetes" dns --kubeconfig="$state/kube-proxy.kubeconfig" --listen=$node_address:53
    await 60 kubelet kubectl wait "node/$node_name" --for=condition=Ready --timeout=5s
    say "the node $node_name is Ready in $(took "$began")"
  fi
  local image
  for image; do node_import "$image"; done
}

require_node_programs() {
  local missing=() program
  [ "$(id -u)" = 0 ] || fail "a node needs root: namespaces, mounts and control groups"
  for program in containerd ctr runc iptables conntrack ip nsenter sysctl; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  [ -x /usr/lib/cni/bridge ] || missing+=(/usr/lib/cni/bridge)
  [ ${#missing[@]} = 0 ] || fail "a node needs ${missing[*]}; on Debian: cluster node --install"
}

# Not 'ip netns exec', which hides /sys/fs/cgroup.
in_node() { nsenter --net="$netns_file" -- "$@"; }
start_in_node() { local name=$1; shift; start "$name" nsenter --net="$netns_file" -- "$@"; }
node_ctr() { ctr --address "$state/containerd/socket" --namespace k8s.io "$@"; }

node_import() {
  local began
  began=$(now)
  node_ctr image import --no-unpack "$1" >/dev/null
  say "imported ${1##*/} in $(took "$began")"
}

node_network() {
  local port
  port=$(cat "$state/port")
  ip netns add "${netns_file##*/}"
  echo "${netns_file##*/}" >"$state/netns"
  ip link add atelier0 type veth peer name node0
  ip link set node0 netns "${netns_file##*/}"
  ip addr add $machine_address/30 dev atelier0
  ip link set atelier0 up
  in_node sh -c "
    ip link set lo up
    ip addr add $node_address/30 dev node0
    ip link set node0 up
    ip route add default via $machine_address
    echo 1 >/proc/sys/net/ipv4/ip_forward"
  # The machine reaches pods, as an operator outside the cluster's network must.
  ip route add $pod_range via $node_address
  # The node and its pods reach the API server, which listens on 127.0.0.1 of the machine.
  # By a name below the state's directory, by which 'down' knows the process as ours.
  ln -sfn "$netns_file" "$state/node.netns"
  start bridge "$bin/kubernetes" bridge --listen "0.0.0.0:$port" --listen-netns "$state/node.netns" --to "127.0.0.1:$port"
}

node_configuration() {
  mkdir -p "$state"/{containerd,cni,kubelet,pods}
  # The kubelet changes these for the whole machine; 'down' puts them back.
  sysctl vm.overcommit_memory kernel.panic kernel.panic_on_oops vm.panic_on_oom kernel.keys.root_maxkeys kernel.keys.root_maxbytes \
    >"$state/sysctl" 2>/dev/null || true
  cat >"$state/cni/10-atelier.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "atelier", "plugins": [
  {"type": "bridge", "bridge": "pods0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$state/cni/addresses", "ranges": [[{"subnet": "$pod_range"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
  cat >"$state/containerd/config.toml" <<TOML
version = 2
root = "$state/containerd/root"
state = "$state/containerd/state"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing"]
[grpc]
  address = "$state/containerd/socket"
[plugins."io.containerd.internal.v1.opt"]
  path = "$state/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "atelier/pause:1"
  netns_mounts_under_state_dir = true
  restrict_oom_score_adj = true
  stream_server_address = "127.0.0.1"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$state/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        BinaryName = "$(command -v runc)"
        SystemdCgroup = false
TOML
  cat >"$state/kubelet/config.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
containerRuntimeEndpoint: unix://$state/containerd/socket
address: $node_address
healthzBindAddress: 127.0.0.1
readOnlyPort: 0
tlsCertFile: $state/pki/kubelet-server.crt
tlsPrivateKeyFile: $state/pki/kubelet-server.key
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $state/pki/ca.crt}}
authorization: {mode: Webhook}
podLogsDir: $state/pods
volumePluginDir: $state/kubelet/plugins
resolvConf: ""
clusterDNS: [$node_address]
clusterDomain: cluster.local
failSwapOn: false
enforceNodeAllocatable: [pods]
# The disk of a test machine is nobody's promise.
localStorageCapacityIsolation: false
evictionHard: {memory.available: "100Mi", nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%"}
# Imported images have no registry to come back from.
imageGCHighThresholdPercent: 100
imageMinimumGCAge: 24h
imageMaximumGCAge: 0s
serializeImagePulls: false
oomScoreAdj: 0
nodeStatusUpdateFrequency: 4s
YAML
  cat >"$state/kubelet/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
bindAddress: $node_address
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
clusterCIDR: $pod_range
hostnameOverride: $node_name
clientConnection: {kubeconfig: $state/kube-proxy.kubeconfig}
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
YAML
}

node_down() {
  [ -f "$state/netns" ] || return 0
  stop dns kube-proxy kubelet
  if alive containerd; then node_end_pods; fi
  stop containerd bridge
  # Mounts of this cluster only, the deepest first.
  awk -v below="$state/" 'index($2, below) == 1 {print $2}' /proc/mounts | sort -r | while read -r mount; do umount -l "$mount"; done
  ip link del atelier0 2>/dev/null || true
  ip netns del "$(cat "$state/netns")" 2>/dev/null || true
  # What the kubelet leaves elsewhere: links to logs, control groups, settings of the kernel.
  find /var/log/containers -lname "$state/pods/*" -delete 2>/dev/null || true
  find /sys/fs/cgroup -path '*/kubepods*' -depth -type d -exec rmdir {} \; 2>/dev/null || true
  if [ -s "$state/sysctl" ]; then sysctl -q -p "$state/sysctl" || true; fi
}

# Containers first, then their sandboxes: all are tasks of containerd.
node_end_pods() {
  local task
  for task in $(node_ctr task ls -q); do node_ctr task kill -s KILL "$task" 2>/dev/null || true; done
  for _ in $(seq 50); do node_ctr task ls | grep -q RUNNING || break; sleep 0.1; done
  for task in $(node_ctr task ls -q); do node_ctr task rm -f "$task" >/dev/null 2>&1 || true; done
  for task in $(node_ctr container ls -q); do node_ctr container rm "$task" >/dev/null 2>&1 || true; done
}
