# Real controllers of other projects beside the control plane of 'cluster': their definitions, their
# webhooks on 127.0.0.1, and the controllers themselves, which end with the control plane.
# shellcheck shell=bash disable=SC2154

jobset() { controller jobset; }

kueue() { controller kueue; }

# controller NAME: as 'install-controller' builds it, by the configuration that NAME_configuration
# prints; NAME_settings are its other arguments, and NAME_webhooks tells which webhooks it serves.
controller() {
  local name=$1 programs webhook health began attempt settings
  require_up
  alive control-plane || fail "the control plane does not run; start it: cluster up"
  if alive "$name"; then return; fi
  programs=$("$here/../tools/install-controller" "$name")
  began=$(now)
  define "$programs/definitions.yaml"
  prepare_controller "$name"
  read -ra settings <<<"$("${name}_settings")"
  # A controller that ends at its start is started again, as in a Deployment: somebody may have taken
  # its port, or all the watchers of files that the kernel gives one user.
  for attempt in 1 2 3 4 5 last; do
    webhook=$(free_port)
    health=$(free_port)
    "${name}_configuration" "$webhook" "$health" >"$state/$name/config.yaml"
    start "$name" bash -c "$with_control_plane" "$name" "$(cat "$state/pid/control-plane")" \
      "$state/$name" "$programs/$name" --config="$state/$name/config.yaml" \
      --kubeconfig="$state/$name/kubeconfig" "${settings[@]}"
    until_ready_or_ended 60 "$name" ready "$health"
    if [ "$attempt" = last ] || alive "$name"; then break; fi
    say "$name ended at its start ($(last_words "$name")); once more"
    more_watchers "$name"
    sleep "$attempt"
  done
  await 1 "$name" ready "$health"
  # Not before it listens: until then the API server would refuse all that they are for.
  webhooks "$name" "$webhook" <"$programs/webhooks.yaml" |
    kubectl apply --server-side --filename - >/dev/null
  "${name}_conversions" "https://127.0.0.1:$webhook/convert"
  say "$name is up in $(took "$began")"
}

# --- JobSet

jobset_settings() { :; }

jobset_configuration() {
  cat <<YAML
apiVersion: config.jobset.x-k8s.io/v1alpha1
kind: Configuration
leaderElection: {leaderElect: false}
internalCertManagement: {enable: false}
webhook: {host: 127.0.0.1, port: $1, certDir: "$state/jobset"}
metrics: {bindAddress: "0"}
health: {healthProbeBindAddress: "127.0.0.1:$2"}
YAML
}

jobset_webhooks() { echo .; }

jobset_conversions() { :; }

# --- Kueue, for Jobs and JobSets

kueue_settings() { echo --feature-gates=VisibilityOnDemand=false; }

kueue_configuration() {
  cat <<YAML
apiVersion: config.kueue.x-k8s.io/v1beta2
kind: Configuration
namespace: kueue-system
leaderElection: {leaderElect: false}
internalCertManagement: {enable: false}
webhook: {host: 127.0.0.1, port: $1, certDir: "$state/kueue"}
metrics: {bindAddress: "0"}
health: {healthProbeBindAddress: "127.0.0.1:$2"}
integrations: {frameworks: [batch/job, jobset.x-k8s.io/jobset]}
YAML
}

kueue_webhooks() { echo '-kueue-x-k8s-io-|-batch-v1-job$|-jobset-x-k8s-io-'; }

# Its older version, by which other clients may still read.
kueue_conversions() {
  local kind authority
  authority=$(base64 -w 0 "$state/pki/ca.crt")
  for kind in workloads clusterqueues localqueues cohorts; do
    kubectl patch crd "$kind.kueue.x-k8s.io" --type=merge --patch "{\"spec\": {\"conversion\": {
      \"strategy\": \"Webhook\", \"webhook\": {\"conversionReviewVersions\": [\"v1\"],
      \"clientConfig\": {\"url\": \"$1\", \"caBundle\": \"$authority\"}}}}}" >/dev/null
  done
}

# --- all of them

# The API server's own certificate is good for 127.0.0.1, and its authority is known.
prepare_controller() {
  mkdir -p "$state/$1"
  cp "$state/pki/apiserver.crt" "$state/$1/tls.crt"
  cp "$state/pki/apiserver.key" "$state/$1/tls.key"
  kubeconfig --user "$1" --groups system:masters >"$state/$1/kubeconfig"
  kubectl create namespace "$1-system" --dry-run=client --output=yaml |
    kubectl apply --server-side --filename - >/dev/null
}

# 128 watchers, many kernels' default, are few for several Kubernetes on one machine.
more_watchers() {
  local limit=/proc/sys/fs/inotify/max_user_instances
  if last_words "$1" | grep -qF "too many open files" && [ "$(<$limit)" -lt 1024 ] && [ -w $limit ]; then
    echo 1024 >$limit || true
  fi
}

# Runs "$@" in the folder $2 until the process $1 has ended, or someone ends this one.
# shellcheck disable=SC2016
with_control_plane='
  master=$1; cd "$2"; shift 2
  "$@" & child=$!
  (while kill -0 "$master"; do sleep 0.2; done; kill "$child") 2>/dev/null & watcher=$!
  trap "kill $child $watcher" TERM
  wait "$child"
  kill "$watcher"'

ready() {
  local answer
  exec 8<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET /readyz HTTP/1.0\r\n\r\n' >&8
  read -r answer <&8
  exec 8>&-
  [[ $answer == *" 200 "* ]]
}

# The project's webhooks, by address instead of by Service, and only those of its kinds; those for pods
# see pods of JobSets alone, as the project's own installation has it.
webhooks() {
  awk -v name="$1" -v kinds="$("$1_webhooks")" -v url="https://127.0.0.1:$2" \
    -v authority="$(base64 -w 0 "$state/pki/ca.crt")" '
    function flush() { if (served) printf "%s", hook; hook = ""; served = 0 }
    /^---$/ || /^[a-z]/ { flush(); print; head = !/^webhooks:/; next }
    head { if (/^  name: /) sub(/name: /, "name: " name "-"); print; next }
    /^- / { flush() }
    /^ *service:$/ || /^ *name: webhook-service$/ || /^ *namespace: system$/ { next }
    /^ *path: / {
      served = $2 ~ kinds
      hook = hook "    url: " url $2 "\n    caBundle: " authority "\n"
      next
    }
    { hook = hook $0 "\n" }
    /name: [mv]pod\.kb\.io/ {
      hook = hook "  objectSelector: {matchExpressions: [{key: jobset.sigs.k8s.io/jobset-name, operator: Exists}]}\n"
    }
    END { flush() }'
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
