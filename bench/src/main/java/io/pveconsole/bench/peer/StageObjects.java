// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.LinkReusePolicy;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GrantTarget;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.api.v1alpha1.host.HostCredentials;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.api.v1alpha1.host.KeyRef;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import io.pveconsole.api.v1alpha1.host.SecretRef;
import io.pveconsole.relay.session.Hashes;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The objects of one host, with defaults for all that an administrator may leave out. */
final class StageObjects {

  static final String NAMESPACE = "consoles";
  static final String HOST = "pve7";
  static final String PATH = "/pve7";
  static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
  private static final Duration LIFE = Duration.ofHours(2);
  private static final int IDLE_SECONDS = 3600;

  private StageObjects() {}

  static JsonObject host(StageOptions options) {
    ProxmoxHost host = new ProxmoxHost();
    host.setMetadata(
        new ObjectMetaBuilder()
            .withName(HOST)
            .withNamespace(NAMESPACE)
            .withUid("host-uid")
            .build());
    host.setSpec(
        new ProxmoxHostSpec(
            List.of(new HostEndpoint(options.proxmox(), null, null)),
            new HostCredentials(new SecretRef(HOST)),
            new HostTls(new KeyRef("pve7-ca", RelayFiles.CA_KEY), null, null),
            new Exposure(
                ExposureType.None,
                null,
                PATH,
                options.origin(),
                null,
                null,
                null,
                false,
                null,
                null,
                null),
            null,
            null,
            null,
            null,
            false));
    return json(host);
  }

  static JsonObject grant(String session, int vmid, GrantPolicy policy) {
    Instant end = Instant.now().plus(LIFE);
    ConsoleGrant grant = new ConsoleGrant();
    grant.setMetadata(
        new ObjectMetaBuilder()
            .withName(session)
            .withNamespace(NAMESPACE)
            .withUid("uid-" + session)
            .addToLabels(Api.HOST_LABEL, HOST)
            .build());
    grant.setSpec(
        new ConsoleGrantSpec(
            HOST,
            new GrantSession("team", "bench", session, "kim@example.com", true),
            new GrantTarget(vmid),
            ConsoleKind.VNC,
            Hashes.sha256(SECRET),
            end.toString(),
            end.toString(),
            IDLE_SECONDS,
            policy.viewOnly(),
            policy.clipboard(),
            GuestSharing.Shared,
            LinkReusePolicy.Refuse,
            null));
    return json(grant);
  }

  private static JsonObject json(HasMetadata object) {
    return new JsonObject(Serialization.asJson(object));
  }
}
