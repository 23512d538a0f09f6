#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# guard RUN: waits until the sandbox is gone (its end of our standard input closes, also when it was
# killed), then ends what it has left running and deletes RUN.
trap '' INT TERM HUP
run=$1
cat >/dev/null

# A child that is being started right now finds no place for its note any more and ends itself.
mv "$run/pids" "$run/orphans" 2>/dev/null

left() {
  for note in "$run"/orphans/*; do
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
for note in "$run"/orphans/*; do # with what a child has started, also when the child itself is gone
  kill -9 "-${note##*/}" 2>/dev/null
done
for pid in $(left); do
  kill -9 "$pid" 2>/dev/null
done
rm -rf "$run"
