# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# How a relay is started as its image starts it; to be sourced, with $home the project's folder.

# A JVM as in the image.
java() {
  local jdk
  for jdk in "${JAVA_HOME:-/none}" /usr/lib/jvm/* /opt/java/*; do
    [ -x "$jdk/bin/java" ] && grep -q '^JAVA_VERSION="2[5-9]' "$jdk/release" 2>/dev/null && { echo "$jdk/bin/java"; return; }
  done
  echo "a JDK 25 or newer is needed, as in the image" >&2
  return 1
}

# shellcheck source=images/alone.sh
. "$home/images/alone.sh"

# The value of an element of the poms.
in_poms() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$home/relay/pom.xml" "$home/pom.xml" | head -n 1; }

# The C library as in the image.
for name in MALLOC_ARENA_MAX MALLOC_MMAP_THRESHOLD_; do
  value=$(in_poms $name)
  export "$name=$value"
done

# The flags of the image, from where the image takes them, without its AOT cache.
flags() {
  local flag name value
  sed -n 's:.*<jvmFlag>\(.*\)</jvmFlag>.*:\1:p' "$home/pom.xml" | grep -v aot -i | while read -r flag; do
    while [[ $flag =~ \$\{([a-z.]+)\} ]]; do
      name=${BASH_REMATCH[1]}
      value=$(in_poms "$name")
      [ -n "$value" ] || { echo "no $name in the poms" >&2; return 1; }
      flag=${flag/"\${$name}"/$value}
    done
    echo "$flag"
  done
}

# aot APP: the option for an AOT cache made as images/aot makes that of the image, once for each build of the jar;
# none where PEER_AOT is no.
aot() {
  local jar cache=$1/relay.aot work
  [ "${PEER_AOT:-yes}" != no ] || return 0
  jar=$(jar_in "$1" relay)
  if [ ! "$cache" -nt "$jar" ]; then
    work=$(mktemp -d)
    (
      alone "$work" "$work"
      export PVECONSOLE_PUBLIC_PORT=27198 PVECONSOLE_MANAGEMENT_PORT=27199
      # shellcheck disable=SC2046 # words
      timeout --kill-after=120 "$training" "$(java)" $(flags) -XX:AOTCacheOutput="$cache" -jar "$jar" >"$work/log" 2>&1 || true
    )
    [ -s "$cache" ] || tail -n 3 "$work/log" >&2
    rm -rf "$work"
    [ -s "$cache" ] || return 1
  fi
  printf '%s\n' "-XX:AOTCache=$cache" '-Xlog:aot*=error'
}

jar_in() { ls "$1"/pveconsole-"$2"-*.jar | grep -v -e '-tests\.jar$' | head -n 1; }
