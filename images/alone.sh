# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# To be sourced. What makes an operator or a relay run where there is no API server: it begins, a relay warms itself up.

# How long a program runs that is to be learned from. A relay opens consoles for most of that time, longer than anybody
# would wait for one to be ready: what is known of its code then is compiled at once when it starts.
training=50

# alone DIRECTORY SEEN   writes the files and exports the settings; SEEN is the directory as the program sees it
alone() {
  local home=$1 seen=$2
  mkdir -p "$home/keys" "$home/credentials"
  printf '{"kid":"k1","key":"%s","notBefore":"2026-01-01T00:00:00Z"}' "$(head -c 32 /dev/urandom | base64)" >"$home/keys/current"
  printf none >"$home/token"
  unset KUBECONFIG
  export KUBERNETES_AUTH_TRYKUBECONFIG=false KUBERNETES_MASTER=https://127.0.0.1:9 KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN=$seen/token
  export PVECONSOLE_OPERATOR_NAMESPACE=pveconsole-system PVECONSOLE_RELAY_IMAGE=none PVECONSOLE_LEADER_ELECTION=false
  export PVECONSOLE_WARMUP_ROUNDS=10000 PVECONSOLE_WARMUP_SECONDS=40
  export PVECONSOLE_HOST_NAME=pve PVECONSOLE_HOST_NAMESPACE=consoles PVECONSOLE_POD_NAME=pve-relay
  export PVECONSOLE_KEYS_DIR=$seen/keys PVECONSOLE_CREDENTIALS_DIR=$seen/credentials
}
