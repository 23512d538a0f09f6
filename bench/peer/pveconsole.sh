#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The relay as a peer of the harness: see bench/README.md. Called as
#     pveconsole.sh start DIR      pveconsole.sh stop DIR
# with the harness' variables (PIN CERTS PORT SIM_URL PVE_TOKEN BIN) and
#     PEER_TARGETS   sessions to be made, as bench's Stage reads them: "targets=200-203 warm=100-103"
#     PEER_WARM      seconds of opening and of watching consoles of the list "warm" before all else; 0: none
#     PEER_APP       folder with the relay's jar and its lib (default: this project's)
#     PEER_JAVA      more options for its JVM
#     PEER_AOT       no: without an AOT cache, which the image has
#     PEER_MEMORY    the pod's memory limit (default: that of the operator's Deployments)
#     LOAD_CPU       where everything else runs (default 1)
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
home=$(dirname "$(dirname "$here")")
DIR=$2
load="taskset -c ${LOAD_CPU:-1}"

# shellcheck source=bench/peer/relay.sh
. "$here/relay.sh"

wait_for() { # FILE LOG PID...
  local i file=$1 log=$2 pid
  shift 2
  for i in $(seq 1 1200); do
    [ -e "$file" ] && return 0
    for pid; do kill -0 "$pid" 2>/dev/null || { echo "process $pid ended: $(tail -n 3 "$log")" >&2; return 1; }; done
    sleep 0.05
  done
  echo "$file does not come: $(tail -n 3 "$log")" >&2
  return 1
}

await_ready() { # PORT PID
  local i
  for i in $(seq 1 1200); do
    ! curl -sf "http://127.0.0.1:$1/readyz" >/dev/null || return 0
    kill -0 "$2" 2>/dev/null || return 0
    sleep 0.05
  done
}

pss() { awk '$1 == "Pss:" { print $2 }' "/proc/$1/smaps_rollup"; }

stop() {
  local file pid i
  for file in "$DIR/pid" "$DIR/stage.pid"; do
    [ -s "$file" ] || continue
    pid=$(cat "$file")
    kill "$pid" 2>/dev/null || continue
    for i in $(seq 1 20); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done
}

start() {
  local java app cache stage pid began
  java=$(java)
  app=${PEER_APP:-$home/relay/target/app}
  cache=$(aot "$app")
  rm -rf "$DIR/relay" "$DIR"/*.json "$DIR/relay.env" "$DIR/signed-in"
  $load "$java" -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED \
    -cp "$(jar_in "$home/bench/target/app" bench):$home/bench/target/app/lib/*" io.pveconsole.bench.peer.Stage "$DIR" >"$DIR/stage.log" 2>&1 &
  stage=$!
  echo $stage >"$DIR/stage.pid"
  wait_for "$DIR/relay.env" "$DIR/stage.log" $stage
  began=$(date +%s%3N)
  # shellcheck disable=SC2046,SC2086 # words
  (. "$DIR/relay.env"; exec ${PIN:-} "$java" $(flags) $cache -XX:MaxRAM=${PEER_MEMORY:-512m} ${PEER_JAVA:-} -jar "$(jar_in "$app" relay)") >"$DIR/log" 2>&1 &
  pid=$!
  echo $pid >"$DIR/pid"
  await_ready "$(sed -n "s/.*MANAGEMENT_PORT='\(.*\)'/\1/p" "$DIR/relay.env")" $pid
  echo "ready after $(($(date +%s%3N) - began)) ms, PSS $(pss $pid) KiB" >"$DIR/start.txt"
  wait_for "$DIR/signed-in" "$DIR/log" $stage $pid
  echo "signed in after $(($(date +%s%3N) - began)) ms, PSS $(pss $pid) KiB" >>"$DIR/start.txt"
  if [ "${PEER_WARM:-0}" != 0 ]; then
    $load "$BIN/rfbload" --label warm --targets "$DIR/warm.json" --mode connect --sessions 4 --warmup 0s --duration "${PEER_WARM}s" >"$DIR/warm.log" 2>&1
    $load "$BIN/rfbload" --label warm --targets "$DIR/warm.json" --mode screen --rate 0 --sessions 4 --warmup 0s --duration "${PEER_WARM}s" >>"$DIR/warm.log" 2>&1
  fi
  # A figure that a collection of garbage makes smaller is not a need.
  jcmd=$(dirname "$java")/jcmd
  "$jcmd" $pid GC.run >/dev/null 2>&1 || true
  sleep 0.3
  echo "then PSS $(pss $pid) KiB after a collection" >>"$DIR/start.txt"
  {
    printf 'PIDS=%q\nURL=unused\nLOAD_ARGS=(--targets %q)\n' "$pid" "$DIR/targets.json"
    printf 'MEM_CMD=%q\n' "$jcmd $pid GC.run"
  } >"$DIR/peer.env"
}

case $1 in
start) start ;;
stop) stop ;;
esac
