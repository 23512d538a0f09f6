// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Proxmox VE version.
 *
 * @param version such as {@code 9.2.11}
 * @param release such as {@code 9.2}
 */
public record Version(String version, String release) {

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4}).*");

  /**
   * pve-manager's releases with a termproxy that checks tokens: the branch 8, and all from 9 on.
   */
  private static final List<Integer> TERMINALS_8 = List.of(8, 4, 19);

  private static final List<Integer> TERMINALS_9 = List.of(9, 0, 13);

  static Version of(JsonNode data) {
    return new Version(data.path("version").asText(""), data.path("release").asText(""));
  }

  /** Whether termproxy accepts API tokens; a version that cannot be read is believed to. */
  boolean takesTokensForTerminals() {
    Matcher matcher = NUMBERS.matcher(version);
    if (!matcher.matches()) {
      return true;
    }
    List<Integer> numbers =
        List.of(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)));
    return atLeast(numbers, numbers.getFirst() > 8 ? TERMINALS_9 : TERMINALS_8);
  }

  private static boolean atLeast(List<Integer> numbers, List<Integer> least) {
    return Arrays.compare(numbers.toArray(Integer[]::new), least.toArray(Integer[]::new)) >= 0;
  }
}
