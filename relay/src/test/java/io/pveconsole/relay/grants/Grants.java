// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.LinkReusePolicy;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantEnd;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GrantTarget;
import io.pveconsole.relay.session.Hashes;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Grants for tests; change one by the methods that return another. */
public final class Grants {

  public static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
  public static final String NONCE = "abcdefghijklmnopqrstuv";
  public static final String OTHER_NONCE = "ABCDEFGHIJKLMNOPQRSTUV";

  private Grants() {}

  /** A fresh grant for an hour whose link is good for ten minutes. */
  public static Grant fresh(String name, Instant now) {
    return new Grant(
        name,
        "uid-" + name,
        "1",
        new ConsoleGrantSpec(
            "pve7",
            new GrantSession("team", "demo", name, "kim@example.com", true),
            new GrantTarget(100),
            ConsoleKind.VNC,
            Hashes.sha256(SECRET),
            now.plusSeconds(600).toString(),
            now.plusSeconds(3600).toString(),
            900,
            false,
            ClipboardPolicy.Both,
            GuestSharing.Shared,
            LinkReusePolicy.Refuse,
            null),
        new ConsoleGrantStatus(null, null, null, null, null));
  }

  /** As the API server has it, in a version of its own and with an empty status. */
  public static JsonObject object(Grant grant, String version) {
    return new JsonObject()
        .put("apiVersion", "pveconsole.io/v1alpha1")
        .put("kind", "ConsoleGrant")
        .put(
            "metadata",
            new JsonObject()
                .put("name", grant.name())
                .put("uid", grant.uid())
                .put("resourceVersion", version))
        .put("spec", JsonObject.mapFrom(grant.spec()))
        .put("status", new JsonObject());
  }

  /** The parts of a spec that tests change. */
  public record Change(
      Integer vmid,
      ConsoleKind console,
      String linkExpirationTime,
      String expirationTime,
      Integer idleTimeoutSeconds,
      Boolean viewOnly,
      GuestSharing sharing,
      LinkReusePolicy onLinkReuse,
      GrantEnd end) {

    static Change none() {
      return new Change(null, null, null, null, null, null, null, null, null);
    }
  }

  /** Another spec. */
  public static Grant with(Grant grant, Change change) {
    ConsoleGrantSpec spec = grant.spec();
    return new Grant(
        grant.name(),
        grant.uid(),
        grant.resourceVersion(),
        new ConsoleGrantSpec(
            spec.hostName(),
            spec.session(),
            change.vmid() == null ? spec.target() : new GrantTarget(change.vmid()),
            change.console() == null ? spec.console() : change.console(),
            spec.tokenSha256(),
            change.linkExpirationTime() == null
                ? spec.linkExpirationTime()
                : change.linkExpirationTime(),
            change.expirationTime() == null ? spec.expirationTime() : change.expirationTime(),
            change.idleTimeoutSeconds() == null
                ? spec.idleTimeoutSeconds()
                : change.idleTimeoutSeconds(),
            change.viewOnly() == null ? spec.viewOnly() : change.viewOnly(),
            spec.clipboard(),
            change.sharing() == null ? spec.guestSharing() : change.sharing(),
            change.onLinkReuse() == null ? spec.onLinkReuse() : change.onLinkReuse(),
            change.end() == null ? spec.end() : change.end()),
        grant.status());
  }

  /** Ordered to end. */
  public static Grant ending(Grant grant, TerminationReason reason) {
    return with(
        grant,
        new Change(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new GrantEnd(reason, "2026-01-01T00:00:00Z")));
  }

  /** View-only or not. */
  public static Grant viewOnly(Grant grant, boolean on) {
    return with(grant, new Change(null, null, null, null, null, on, null, null, null));
  }

  /** Another clipboard. */
  public static Grant clipboard(Grant grant, ClipboardPolicy clipboard) {
    ConsoleGrantSpec spec = grant.spec();
    return new Grant(
        grant.name(),
        grant.uid(),
        grant.resourceVersion(),
        new ConsoleGrantSpec(
            spec.hostName(),
            spec.session(),
            spec.target(),
            spec.console(),
            spec.tokenSha256(),
            spec.linkExpirationTime(),
            spec.expirationTime(),
            spec.idleTimeoutSeconds(),
            spec.viewOnly(),
            clipboard,
            spec.guestSharing(),
            spec.onLinkReuse(),
            spec.end()),
        grant.status());
  }

  /** Another end by time. */
  public static Grant expiring(Grant grant, Instant when) {
    return with(grant, new Change(null, null, null, when.toString(), null, null, null, null, null));
  }

  /** Another idle time. */
  public static Grant idleAfter(Grant grant, int seconds) {
    return with(grant, new Change(null, null, null, null, seconds, null, null, null, null));
  }

  /** Another guest. */
  public static Grant of(Grant grant, int vmid, ConsoleKind console) {
    return with(grant, new Change(vmid, console, null, null, null, null, null, null, null));
  }

  /** Another link time. */
  public static Grant linkUntil(Grant grant, Instant when) {
    return with(grant, new Change(null, null, when.toString(), null, null, null, null, null, null));
  }

  /** Ends when the link is used again. */
  public static Grant endingOnReuse(Grant grant) {
    return with(
        grant,
        new Change(null, null, null, null, null, null, null, LinkReusePolicy.EndSession, null));
  }

  /** Refuses a second session on its guest. */
  public static Grant unshared(Grant grant) {
    return with(
        grant, new Change(null, null, null, null, null, null, GuestSharing.Refuse, null, null));
  }
}
