# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The folder for results; to be sourced.

# made_anew DIR   an empty folder: that of an earlier run is emptied, any other that holds something is refused
made_anew() {
  if [ -n "$(ls -A "$1" 2>/dev/null)" ] && [ ! -e "$1/.results" ]; then
    echo "$1 holds something else than results of an earlier run: name another folder, or empty it yourself" >&2
    exit 2
  fi
  rm -rf "$1"
  mkdir -p "$1"
  : >"$1/.results"
}
