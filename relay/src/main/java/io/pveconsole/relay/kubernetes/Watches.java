// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantWatch;
import java.util.List;

/** The watches of a host and of its grants, which begin anew together. */
record Watches(HostWatch host, GrantWatch grants) implements GrantWatch {

  @Override
  public void restart() {
    host.restart();
    grants.restart();
  }

  @Override
  public boolean isBehind(List<Grant> listed) {
    return grants.isBehind(listed);
  }

  @Override
  public void close() {
    host.close();
    grants.close();
  }
}
