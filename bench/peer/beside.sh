#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Another peer with two consoles of 50 MB/s beside whatever is measured:
#     PEER=SCRIPT beside.sh start DIR      PEER=SCRIPT beside.sh stop DIR
# They come from a load generator of their own, since a list of targets fixes which guest each session shows.
set -euo pipefail
DIR=$2
case $1 in
start)
  "$PEER" start "$DIR"
  # shellcheck disable=SC1091 # written just now
  . "$DIR/peer.env"
  if [ -e "$DIR/beside.json" ]; then args=(--targets "$DIR/beside.json"); else args=(--url "$URL" "${LOAD_ARGS[@]}" --vmids 500-599); fi
  taskset -c "${LOAD_CPU:-1}" "$BIN/rfbload" --label beside --mode throughput --sessions 2 "${args[@]}" --warmup 1s \
    --duration "${BESIDE_SECONDS:-11}s" --json "$DIR/beside.jsonl" >"$DIR/beside.log" 2>&1 &
  echo $! >"$DIR/beside.pid"
  sleep 0.5
  ;;
stop)
  kill "$(cat "$DIR/beside.pid")" 2>/dev/null || true
  "$PEER" stop "$DIR"
  ;;
esac
