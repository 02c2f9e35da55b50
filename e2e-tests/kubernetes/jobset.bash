# The real JobSet controller beside the control plane of 'cluster': its definition, its webhooks on
# 127.0.0.1, and the controller itself, which ends with the control plane.
# shellcheck shell=bash disable=SC2154

jobset() {
  require_up
  alive control-plane || fail "the control plane does not run; start it: cluster up"
  if alive jobset; then return; fi
  local programs webhook health began attempt
  programs=$("$here/../tools/install-jobset")
  began=$(now)
  define "$programs/jobset.yaml"
  # A controller that ends at its start is started again, as in a Deployment: somebody may have taken
  # its port, or all the watchers of files that the kernel gives one user.
  for attempt in 1 2 3 4 5 last; do
    webhook=$(free_port)
    health=$(free_port)
    jobset_configuration "$webhook" "$health"
    start jobset bash -c "$with_control_plane" jobset "$(cat "$state/pid/control-plane")" \
      "$programs/jobset" --config="$state/jobset/config.yaml" --kubeconfig="$state/jobset/kubeconfig"
    until_ready_or_ended 60 jobset jobset_ready "$health"
    if [ "$attempt" = last ] || alive jobset; then break; fi
    say "JobSet ended at its start ($(last_words jobset)); once more"
    more_watchers
    sleep "$attempt"
  done
  await 1 jobset jobset_ready "$health"
  # Not before it listens: until then the API server would refuse every JobSet.
  jobset_webhooks "$webhook" <"$programs/webhooks.yaml" | kubectl apply --server-side --filename - >/dev/null
  say "JobSet is up in $(took "$began")"
}

# 128 watchers, many kernels' default, are few for several Kubernetes on one machine.
more_watchers() {
  local limit=/proc/sys/fs/inotify/max_user_instances
  if last_words jobset | grep -qF "too many open files" && [ "$(<$limit)" -lt 1024 ] && [ -w $limit ]; then
    echo 1024 >$limit || true
  fi
}

# Runs "$@" until the process $1 has ended, or someone ends this one.
# shellcheck disable=SC2016
with_control_plane='
  master=$1; shift
  "$@" & child=$!
  (while kill -0 "$master"; do sleep 0.2; done; kill "$child") 2>/dev/null & watcher=$!
  trap "kill $child $watcher" TERM
  wait "$child"
  kill "$watcher"'

# The API server's own certificate is good for 127.0.0.1, and its authority is known.
jobset_configuration() {
  mkdir -p "$state/jobset"
  cp "$state/pki/apiserver.crt" "$state/jobset/tls.crt"
  cp "$state/pki/apiserver.key" "$state/jobset/tls.key"
  kubeconfig --user jobset --groups system:masters >"$state/jobset/kubeconfig"
  cat >"$state/jobset/config.yaml" <<YAML
apiVersion: config.jobset.x-k8s.io/v1alpha1
kind: Configuration
leaderElection: {leaderElect: false}
internalCertManagement: {enable: false}
webhook: {host: 127.0.0.1, port: $1, certDir: "$state/jobset"}
metrics: {bindAddress: "0"}
health: {healthProbeBindAddress: "127.0.0.1:$2"}
YAML
}

jobset_ready() {
  local answer
  exec 8<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET /readyz HTTP/1.0\r\n\r\n' >&8
  read -r answer <&8
  exec 8>&-
  [[ $answer == *" 200 "* ]]
}

# The project's webhooks, by address instead of by Service; those for pods see pods of JobSets alone,
# as the project's own installation has it.
jobset_webhooks() {
  awk -v url="https://127.0.0.1:$1" -v authority="$(base64 -w 0 "$state/pki/ca.crt")" '
    /^ *service:$/ || /^ *name: webhook-service$/ || /^ *namespace: system$/ { next }
    /^ *path: / { print "    url: " url $2; print "    caBundle: " authority; next }
    { print }
    /name: [mv]pod\.kb\.io/ {
      print "  objectSelector: {matchExpressions: [{key: jobset.sigs.k8s.io/jobset-name, operator: Exists}]}"
    }'
}

# A port of 127.0.0.1 that nobody listens on.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 10000))
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}
