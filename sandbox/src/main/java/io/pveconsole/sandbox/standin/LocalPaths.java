// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces mount paths of a container by the local directories that stand for them. */
record LocalPaths(Map<String, Path> mounts) {

  /** The value with every mount path in it replaced, the longest first. */
  String replaceIn(String value) {
    List<String> longestFirst =
        mounts.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    String result = value;
    for (String mount : longestFirst) {
      String whole = "(?<![\\w./-])" + Pattern.quote(mount) + "(?=$|[/:,;\\s])";
      String local = Matcher.quoteReplacement(String.valueOf(mounts.get(mount)));
      result = result.replaceAll(whole, local);
    }
    return result;
  }
}
