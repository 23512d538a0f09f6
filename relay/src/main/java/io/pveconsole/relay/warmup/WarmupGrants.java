// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.LinkReusePolicy;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GrantTarget;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.session.Hashes;
import java.time.Instant;

/** Grants that only the stand-in of the API server knows. Safe from any thread. */
final class WarmupGrants {

  private static final int LIFE_SECONDS = 600;

  private final StandInApi api;
  private final GrantRegistry registry;

  WarmupGrants(StandInApi api, GrantRegistry registry) {
    this.api = api;
    this.registry = registry;
  }

  void add(String session, int vmid, String secret, Instant now) {
    String end = now.plusSeconds(LIFE_SECONDS).toString();
    Grant grant =
        new Grant(
            session,
            "uid-" + session,
            "1",
            new ConsoleGrantSpec(
                WarmupHost.NAME,
                new GrantSession(WarmupHost.NAME, session, session, "warm-up", false),
                new GrantTarget(vmid),
                ConsoleKind.VNC,
                Hashes.sha256(secret),
                end,
                end,
                LIFE_SECONDS,
                false,
                ClipboardPolicy.Both,
                GuestSharing.Shared,
                LinkReusePolicy.Refuse,
                null),
            new ConsoleGrantStatus(null, null, null, null, null));
    api.put(grant);
    registry.put(grant);
  }

  void remove(String session) {
    api.remove(session);
    registry.remove(session);
  }
}
