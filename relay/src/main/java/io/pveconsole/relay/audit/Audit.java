// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.audit;

import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GuestIdentity;
import io.pveconsole.relay.grants.Grant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Who used which console, as lines of the logger {@code pveconsole.audit}. Each line has the same
 * keys; what does not apply is empty. No line holds a secret.
 */
public final class Audit {

  private final String host;
  private final Logger log;

  public Audit(String host) {
    this(host, LoggerFactory.getLogger("pveconsole.audit"));
  }

  /** Lines to another logger. */
  public Audit(String host, Logger log) {
    this.host = host;
    this.log = log;
  }

  /** A link was used. */
  public void redeemed(Grant grant, String address) {
    write("redeemed", keys(grant, address), "link redeemed");
  }

  /** The answer to the use of a link was lost and is given again. */
  public void redeemedAgain(Grant grant, String address) {
    write("redeemedAgain", keys(grant, address), "link redeemed again by the same page");
  }

  /** The right secret came a second time, from somebody else. */
  public void linkReused(Grant grant, String address) {
    Map<String, Object> keys = keys(grant, address);
    keys.put("reason", "LinkReused");
    write("linkReused", keys, "used link refused");
  }

  /**
   * Somebody was not let in.
   *
   * @param session as the request names it
   * @param found its grant, where there is one
   */
  public void refused(String session, Optional<Grant> found, String address, String reason) {
    Map<String, Object> keys =
        found.map(grant -> keys(grant, address)).orElseGet(() -> keys(address));
    keys.put("sessionUid", session);
    keys.put("reason", reason);
    write("refused", keys, "access refused");
  }

  /** A console is about to be opened; written before any byte flows. */
  public void opening(Grant grant, String viewer, String address) {
    Map<String, Object> keys = keys(grant, address);
    keys.put("viewer", viewer);
    write("opening", keys, "console opening");
  }

  /** A console is closed. */
  public void closed(Grant grant, String viewer, String address, int code, String reason) {
    Map<String, Object> keys = keys(grant, address);
    keys.put("viewer", viewer);
    keys.put("code", code);
    keys.put("reason", reason);
    write("closed", keys, "console closed");
  }

  /** A session is over, whether somebody looked or not. */
  void ended(Grant grant) {
    Map<String, Object> keys = keys(grant, "");
    keys.put("reason", grant.status().ended().reason().name());
    write("ended", keys, "session ended");
  }

  private Map<String, Object> keys(String address) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("host", host);
    for (String name :
        new String[] {
          "namespace",
          "session",
          "sessionUid",
          "requestedBy",
          "requesterVerified",
          "vmid",
          "guest",
          "node",
          "console",
          "viewer",
          "code",
          "reason"
        }) {
      keys.put(name, "");
    }
    keys.put("address", address);
    return keys;
  }

  private Map<String, Object> keys(Grant grant, String address) {
    Map<String, Object> keys = keys(address);
    GrantSession session = grant.spec().session();
    keys.put("namespace", session.namespace());
    keys.put("session", session.name());
    keys.put("sessionUid", grant.name());
    keys.put("requestedBy", Objects.requireNonNullElse(session.requestedBy(), ""));
    keys.put("requesterVerified", session.requesterVerified());
    keys.put("vmid", grant.spec().target().vmid());
    keys.put("console", grant.spec().console());
    GuestIdentity guest = grant.status().target();
    if (guest != null) {
      keys.put("guest", Objects.requireNonNullElse(guest.name(), ""));
      keys.put("node", Objects.requireNonNullElse(guest.node(), ""));
    }
    return keys;
  }

  private void write(String event, Map<String, Object> keys, String message) {
    LoggingEventBuilder line = log.atInfo().addKeyValue("event", event);
    for (Map.Entry<String, Object> key : keys.entrySet()) {
      line = line.addKeyValue(key.getKey(), key.getValue());
    }
    line.log(message);
  }
}
