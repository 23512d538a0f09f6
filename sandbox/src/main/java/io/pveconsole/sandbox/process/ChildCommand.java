// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param name file name of the log, without ending
 * @param environment beside the sandbox's own
 */
public record ChildCommand(String name, List<String> words, Map<String, String> environment) {

  /** Copies its arguments. */
  public ChildCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** The environment may hold tokens. */
  @Override
  public String toString() {
    return "ChildCommand[" + name + "]";
  }
}
