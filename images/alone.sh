# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# To be sourced. What makes an operator or a relay run where there is no API server: it begins, a relay warms itself up.

# alone DIRECTORY SEEN   writes the files and exports the settings; SEEN is the directory as the program sees it
alone() {
  local home=$1 seen=$2
  mkdir -p "$home/keys" "$home/credentials"
  printf '{"kid":"k1","key":"%s","notBefore":"2026-01-01T00:00:00Z"}' "$(head -c 32 /dev/urandom | base64)" >"$home/keys/current"
  cat >"$home/kubeconfig" <<'YAML'
apiVersion: v1
kind: Config
clusters: [{name: none, cluster: {server: "https://127.0.0.1:9"}}]
contexts: [{name: none, context: {cluster: none, user: none}}]
users: [{name: none, user: {token: none}}]
current-context: none
YAML
  export KUBECONFIG=$seen/kubeconfig
  export PVECONSOLE_OPERATOR_NAMESPACE=pveconsole-system PVECONSOLE_RELAY_IMAGE=none PVECONSOLE_LEADER_ELECTION=false
  export PVECONSOLE_HOST_NAME=pve PVECONSOLE_HOST_NAMESPACE=consoles PVECONSOLE_POD_NAME=pve-relay
  export PVECONSOLE_KEYS_DIR=$seen/keys PVECONSOLE_CREDENTIALS_DIR=$seen/credentials
}
