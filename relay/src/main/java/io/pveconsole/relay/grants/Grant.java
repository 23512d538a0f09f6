// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One version of a grant.
 *
 * @param name the session's uid, as in the page's path
 * @param uid of the grant object itself
 */
public record Grant(
    String name,
    String uid,
    String resourceVersion,
    ConsoleGrantSpec spec,
    ConsoleGrantStatus status) {

  /** The relay's view of an object of the API. */
  public static Grant of(ConsoleGrant object) {
    return new Grant(
        object.getMetadata().getName(),
        Objects.requireNonNullElse(object.getMetadata().getUid(), ""),
        Objects.requireNonNullElse(object.getMetadata().getResourceVersion(), ""),
        object.getSpec(),
        Objects.requireNonNullElse(
            object.getStatus(), new ConsoleGrantStatus(null, null, null, null, null)));
  }

  /** When the session is over at the latest. */
  public Instant expires() {
    return Instant.parse(spec.expirationTime());
  }

  /** Why nobody may use it any more; empty while it is good. */
  public Optional<TerminationReason> over(Instant now) {
    if (status.ended() != null) {
      return Optional.of(status.ended().reason());
    }
    if (spec.end() != null) {
      return Optional.of(spec.end().reason());
    }
    if (!now.isBefore(expires())) {
      return Optional.of(TerminationReason.Expired);
    }
    if (status.redemption() == null && !now.isBefore(Instant.parse(spec.linkExpirationTime()))) {
      return Optional.of(TerminationReason.LinkExpired);
    }
    return Optional.empty();
  }

  /** The live viewer, as far as is known. */
  public Optional<GrantViewer> viewer() {
    return Optional.ofNullable(status.viewer());
  }

  /** Whether this is the same object in the same or a later version. */
  public boolean isNewerThan(Grant other) {
    if (!uid.equals(other.uid)) {
      return true;
    }
    try {
      return Long.parseLong(resourceVersion) >= Long.parseLong(other.resourceVersion);
    } catch (NumberFormatException e) {
      return true;
    }
  }

  @Override
  public String toString() {
    return "Grant(" + name + "@" + resourceVersion + ")";
  }
}
