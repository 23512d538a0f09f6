#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# launch PIDS COMMAND...: runs the command in a session of its own, so that Ctrl-C reaches the
# sandbox alone, which then ends its children in order; notes the process id for guard.sh.
pids=$1
shift
: >"$pids/$$" || exit 1
if command -v setsid >/dev/null 2>&1; then
  exec setsid "$@"
elif command -v perl >/dev/null 2>&1; then
  exec perl -e 'use POSIX; POSIX::setsid(); exec @ARGV; die "exec: $!\n"' "$@"
fi
exec "$@"
