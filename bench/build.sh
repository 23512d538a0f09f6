# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Builds the benchmarks and all that they run when something is out of date; to be sourced, with
# $home the project's folder and $here that of the benchmarks.

stamp=$here/target/.built

jar() { ls "$here"/target/app/pveconsole-bench-*.jar 2>/dev/null | head -n 1; }

is_built() {
  [ -e "$stamp" ] && [ -e "$(jar)" ] || return 1
  changed=$(find "$home/pom.xml" "$home/crds/pom.xml" "$home/crds/src" "$home/relay/pom.xml" \
    "$home/relay/src/main" "$home/simulator/pom.xml" "$home/simulator/src/main" \
    "$here/pom.xml" "$here/src/main" \
    -type f -newer "$stamp" -print | head -n 1)
  [ -z "$changed" ]
}

build() {
  is_built && return
  echo "Building ..." >&2
  mkdir -p "$here/target"
  : >"$here/target/.building"
  (cd "$home" && mvn -B -q -ntp -Dmaven.test.skip=true -DskipTests -DskipChecks -pl bench -am package)
  mv "$here/target/.building" "$stamp"
}
