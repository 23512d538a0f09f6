// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same way with a real QEMU VNC server behind it: its handshake, encodings, keyboard. */
class GuestOnQemuIT {
  private static final Duration PICTURE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void showsAndObeysARealQemu() throws Exception {
    Needs.browser();
    Needs.qemu();
    try (RunningSandbox sandbox =
            RunningSandbox.start(directory, "--api", "mock", "--qemu", "100");
        Browser browser = new Browser("en-US")) {
      String link = sandbox.link(0);
      SimulatedGuests guests = new SimulatedGuests(sandbox.file("simulator.json"));
      try (KubernetesClient kubernetes = sandbox.kubernetes()) {
        browser.open(link);
        browser.awaitState("connected", PICTURE);
        Awaitility.await("the firmware's greeting")
            .atMost(PICTURE)
            .until(() -> guests.screen(100).contains("Type something"));
        String line = "typed through the relay";
        browser.type(line);
        Awaitility.await("the line in the guest's text memory")
            .atMost(Duration.ofSeconds(10))
            .until(() -> guests.screen(100).contains(line));
        FrontDoorIT.keepsSecrets(browser, link.substring(link.indexOf('#') + 1), guests);
        browser.reload();
        browser.awaitState("connected", PICTURE);
        FrontDoorIT.refusesASecondProfile(link);
        FrontDoorIT.endsWithTheSession(browser, kubernetes);
      }
    }
  }
}
