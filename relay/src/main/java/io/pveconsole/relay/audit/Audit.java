// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.audit;

import io.pveconsole.relay.grants.Grant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Who used which console, as lines of the logger {@code pveconsole.audit}. */
public final class Audit {

  private static final Logger LOG = LoggerFactory.getLogger("pveconsole.audit");

  private final String host;

  public Audit(String host) {
    this.host = host;
  }

  /** A link was used. */
  public void redeemed(Grant grant, String address) {
    event("redeemed", grant, address).log("link redeemed");
  }

  /** The right secret came a second time, from somebody else. */
  public void linkReused(Grant grant, String address) {
    event("linkReused", grant, address).log("used link refused");
  }

  /** A console is about to be opened; written before any byte flows. */
  public void opening(Grant grant, String viewer, String address) {
    event("opening", grant, address).addKeyValue("viewer", viewer).log("console opening");
  }

  /** A console is closed. */
  public void closed(Grant grant, String viewer, String address, int code, String reason) {
    event("closed", grant, address)
        .addKeyValue("viewer", viewer)
        .addKeyValue("code", code)
        .addKeyValue("reason", reason)
        .log("console closed");
  }

  private LoggingEventBuilder event(String name, Grant grant, String address) {
    return LOG.atInfo()
        .addKeyValue("event", name)
        .addKeyValue("host", host)
        .addKeyValue("namespace", grant.spec().session().namespace())
        .addKeyValue("session", grant.spec().session().name())
        .addKeyValue("sessionUid", grant.name())
        .addKeyValue("vmid", grant.spec().target().vmid())
        .addKeyValue("requestedBy", grant.spec().session().requestedBy())
        .addKeyValue("requesterVerified", grant.spec().session().requesterVerified())
        .addKeyValue("address", address);
  }
}
