# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The harness and its peers, prepared in a folder; to be sourced, with $here the folder bench.

# prepared HARNESS OUT PEERS   a copy of the harness in OUT/harness, and a script for each peer in OUT/peers
prepared() {
  local harness=$1 out=$2 peer script name app java
  mkdir -p "$out/peers"
  cp -r "$harness" "$out/harness"
  # A link that was packed as a file holds the name of what it leads to.
  for script in "$out"/harness/peers/*.sh; do
    name=$(head -c 64 "$script")
    [ ! -f "$out/harness/peers/$name" ] || ln -sf "$name" "$script"
  done

  # The relay looks at the guest's configuration, to notice that a VMID was given to another guest.
  sed -i '/^\tcase "status\/current":$/i\
	case "config":\
		return data(map[string]any{"name": "vm" + vmid, "smbios1": "uuid=00000000-0000-4000-8000-000000000" + vmid, "meta": "creation-qemu=9.0,ctime=1700000" + vmid}), nil' \
    "$out/harness/cmd/pvesim/main.go"
  grep -q '^	case "config":$' "$out/harness/cmd/pvesim/main.go" || { echo "the harness' pvesim is another one than expected" >&2; exit 1; }

  for peer in ${3//,/ }; do
    script=$out/peers/$peer.sh
    case $peer in
    pveconsole*)
      name=${peer#pveconsole} name=${name#-}
      {
        echo '#!/usr/bin/env bash'
        if [ -n "$name" ]; then
          app=PEER_APP_$name java=PEER_JAVA_$name
          [ -z "${!app:-}" ] || printf 'export PEER_APP=%q\n' "$(cd "${!app}" && pwd)"
          [ -z "${!java:-}" ] || printf 'export PEER_JAVA=%q\n' "${!java}"
        fi
        printf 'exec %q "$@"\n' "$here/peer/pveconsole.sh"
      } >"$script"
      ;;
    *) printf '#!/usr/bin/env bash\nexec %q "$@"\n' "$out/harness/peers/$peer.sh" >"$script" ;;
    esac
    chmod +x "$script"
  done
}
