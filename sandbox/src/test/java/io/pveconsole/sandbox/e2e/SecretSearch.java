// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for secrets in all their forms; what it finds it names by kind, not by value. */
final class SecretSearch {
  private static final int SHORTEST = 8;
  private static final int CONTEXT = 60;

  private final Map<String, String> kinds = new LinkedHashMap<>();

  /** Adds a secret; of a signed one its signature alone too. */
  void add(String kind, String secret) {
    if (secret.length() < SHORTEST) {
      throw new IllegalArgumentException(kind + " is too short to be looked for");
    }
    kinds.putIfAbsent(secret, kind);
    int signature = secret.lastIndexOf("::");
    if (signature > 0) {
      kinds.putIfAbsent(secret.substring(signature + 2), kind + "'s signature");
    }
  }

  /** How many of a kind there are. */
  long count(String kind) {
    return kinds.values().stream().filter(kind::equals).count();
  }

  /** One line for each find, with the text before it. */
  List<String> in(String where, String text) {
    List<String> found = new ArrayList<>();
    kinds.forEach(
        (secret, kind) -> {
          for (String form : SecretForms.of(secret)) {
            int at = text.indexOf(form);
            if (at >= 0) {
              String before = text.substring(Math.max(0, at - CONTEXT), at);
              found.add(kind + " in " + where + " after: " + before);
              break;
            }
          }
        });
    return found;
  }
}
