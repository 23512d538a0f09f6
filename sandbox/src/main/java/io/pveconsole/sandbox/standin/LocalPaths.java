// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces mount paths of a container by the local directories that stand for them. */
record LocalPaths(Map<String, Path> mounts) {

  /**
   * The value with every mount path in it replaced, the longest first and each place once: a local
   * directory may itself lie below a mount path, such as /tmp.
   */
  String replaceIn(String value) {
    if (mounts.isEmpty()) {
      return value;
    }
    String anyMount =
        mounts.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile("(?<![\\w./-])(" + anyMount + ")(?=$|[/:,;\\s])")
        .matcher(value)
        .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(mounts.get(found.group(1)))));
  }
}
