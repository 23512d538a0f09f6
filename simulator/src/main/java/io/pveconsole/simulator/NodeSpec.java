// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import java.util.ArrayList;
import java.util.List;

/** A node and the port of its API; 0 is any free port. */
public record NodeSpec(String name, int port) {

  /**
   * Parses {@code pve1:8006,pve2:8007}; a missing port is 0.
   *
   * @throws IllegalArgumentException naming the bad part
   */
  public static List<NodeSpec> parse(String text) {
    List<NodeSpec> nodes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.matches("[a-z][a-z0-9-]{0,30}(:\\d{1,5})?")) {
        throw new IllegalArgumentException("not a node, expected NAME:PORT: '" + part + "'");
      }
      int colon = part.indexOf(':');
      String name = colon < 0 ? part : part.substring(0, colon);
      int port = colon < 0 ? 0 : Integer.parseInt(part.substring(colon + 1));
      if (port > 65535) {
        throw new IllegalArgumentException("not a port: " + port);
      }
      nodes.add(new NodeSpec(name, port));
    }
    return List.copyOf(nodes);
  }
}
