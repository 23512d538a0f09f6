// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.proxmox.ProxmoxClient;
import io.pveconsole.relay.proxmox.ProxmoxSettings;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the Proxmox client in step with the host's spec and the mounted files. */
public final class ProxmoxAccess {

  private static final Logger LOG = LoggerFactory.getLogger(ProxmoxAccess.class);

  private final Vertx vertx;
  private final Clock clock;
  private final TlsEngine engine;
  private final SettingsReader reader;
  private @Nullable ProxmoxClient client;
  private volatile Access access = new Access.Unusable("Starting", "The host was not read yet.");

  public ProxmoxAccess(
      Vertx vertx,
      Path credentialsDirectory,
      Optional<Path> caDirectory,
      Clock clock,
      TlsEngine engine) {
    this.vertx = vertx;
    this.clock = clock;
    this.engine = engine;
    this.reader = new SettingsReader(credentialsDirectory, caDirectory);
  }

  /** How it stands now. */
  public Access current() {
    return access;
  }

  /** Reads files again and takes over what changed; blocks. Open consoles are not touched. */
  public synchronized void apply(ProxmoxHost host) {
    try {
      ProxmoxSettings settings = reader.read(host);
      ProxmoxClient known = client;
      if (known == null) {
        known = ProxmoxClient.create(vertx, settings, clock, engine);
        client = known;
      } else {
        known.update(settings);
      }
      access = new Access.Ready(known, settings);
    } catch (SettingsException e) {
      access = new Access.Unusable(e.reason(), e.text());
      LOG.atWarn().addKeyValue("reason", e.reason()).log("the host cannot be used");
    }
  }
}
