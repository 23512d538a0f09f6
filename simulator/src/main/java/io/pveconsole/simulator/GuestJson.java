// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.guest.Guest;

/** A guest as the control interface and {@code simulator.json} show it. */
public final class GuestJson {
  private GuestJson() {}

  /** The guest of this moment. */
  public static ObjectNode of(Guest guest) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("vmid", guest.vmid())
        .put("name", guest.name())
        .put("type", guest.type().api())
        .put("node", guest.node())
        .put("status", guest.status())
        .put("template", guest.template());
  }
}
