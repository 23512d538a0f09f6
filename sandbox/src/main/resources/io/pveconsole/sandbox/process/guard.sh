#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# guard RUN: waits until the sandbox is gone (its end of our standard input closes, also when it was
# killed), then ends what it has left running and deletes RUN.
trap '' INT TERM HUP
run=$1
cat >/dev/null

left() {
  for note in "$run"/pids/*; do
    pid=${note##*/}
    if [ -e "$note" ] && kill -0 "$pid" 2>/dev/null; then echo "$pid"; fi
  done
}

pids=$(left)
[ -z "$pids" ] || kill $pids 2>/dev/null
waited=0
while [ -n "$(left)" ] && [ "$waited" -lt 5 ]; do
  sleep 1
  waited=$((waited + 1))
done
for pid in $(left); do
  kill -9 "-$pid" 2>/dev/null || kill -9 "$pid" 2>/dev/null
done
rm -rf "$run"
