// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.pveconsole.relay.proxmox.transport.WatchingTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A scripted Proxmox for each test. */
abstract class FakeProxmoxTestBase {

  Vertx vertx;
  FakeProxmox proxmox;

  @BeforeEach
  void startProxmox() {
    vertx = WatchingTransport.vertx(new VertxOptions());
    proxmox = new FakeProxmox(vertx);
  }

  @AfterEach
  void stopProxmox() {
    proxmox.close();
    Await.value(vertx.close());
  }

  ProxmoxClient client(ProxmoxSettings settings) {
    return ProxmoxClient.create(vertx, settings, Clock.systemUTC(), TlsEngine.best());
  }
}
