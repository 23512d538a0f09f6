// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.api.v1alpha1.host.EndpointStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One page in Chromium, opened once and never touched: whatever happens to Proxmox, the picture
 * comes back by itself. The page tries at once where only this console was lost, and after one to
 * four seconds elsewhere, which the times hold.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealingIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int VMID = 100;

  /** A console that heals at once is away for less than it takes to ask the page. */
  private static final String COUNT_LOSSES =
      """
      const root = document.documentElement;
      window.losses = [];
      new MutationObserver(() => {
        if (root.dataset.state !== 'connected') window.losses.push(root.dataset.state);
      }).observe(root, { attributeFilter: ['data-state'] });
      """;

  @TempDir static Path directory;

  private static Cluster cluster;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Needs.browser();
    cluster = Cluster.start(directory, 1);
    browser = new Browser("en-US");
    browser.open(cluster.sandbox().link(0));
    browser.script(COUNT_LOSSES);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void showsThePicture() {
    FrontDoorIT.showsThePicture(browser);
  }

  private interface Mishap {
    void happen() throws Exception;
  }

  private static void heals(String what, Duration limit, Mishap mishap) throws Exception {
    browser.script("window.losses.length = 0");
    long start = System.nanoTime();
    mishap.happen();
    Awaitility.await("the page notices: " + what)
        .atMost(Patience.of(Duration.ofSeconds(30)))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> (Boolean) browser.script("return window.losses.length > 0"));
    browser.awaitState("connected", Patience.of(limit));
    Healed.after(what, start, limit);
    assertThat(browser.script("return [...new Set(window.losses)].join()"))
        .as("the page goes on trying")
        .isEqualTo("reconnecting");
    FrontDoorIT.showsThePicture(browser);
  }

  @Test
  @Order(1)
  void migration() throws Exception {
    heals("migration", SOON, () -> post("/guests/" + VMID + "/migrate?to=pve2"));
    assertThat(cluster.session("demo").getStatus().target().node()).isEqualTo("pve2");
    heals("migration back", SOON, () -> post("/guests/" + VMID + "/migrate?to=pve1"));
  }

  @Test
  @Order(2)
  void reboot() throws Exception {
    heals("reboot", SOON, () -> post("/guests/" + VMID + "/reboot"));
  }

  @Test
  @Order(3)
  void stopAndStart() throws Exception {
    heals(
        "stop and start",
        Duration.ofSeconds(45),
        () -> {
          post("/guests/" + VMID + "/stop");
          Awaitility.await("the page says why")
              .atMost(Patience.of(SOON))
              .until(() -> browser.reason().equals("TargetStopped"));
          post("/guests/" + VMID + "/start");
        });
  }

  @Test
  @Order(4)
  void proxmoxRestart() throws Exception {
    heals(
        "Proxmox restart of 3 s",
        Duration.ofSeconds(30),
        () -> {
          post("/nodes/pve1/restart?ms=3000");
          post("/nodes/pve2/restart?ms=3000");
        });
  }

  @Test
  @Order(5)
  void certificateRotation() throws Exception {
    heals(
        "certificate rotation",
        SOON,
        () -> {
          put("/faults/certificate-swap", "{\"value\":\"leaf\"}");
          cut();
        });
  }

  @Test
  @Order(6)
  void tokenRotation() throws Exception {
    String secret = UUID.randomUUID().toString();
    heals(
        "rotation of the token's secret",
        Duration.ofSeconds(45),
        () -> {
          control("POST", "/credentials/token", "{\"secret\":\"%s\"}".formatted(secret));
          cut();
          cluster
              .kubectl()
              .patch(
                  "secret",
                  "demo-proxmox",
                  "{\"stringData\":{\"tokenSecret\":\"%s\"}}".formatted(secret));
        });
  }

  @Test
  @Order(7)
  void fromTokenToPassword() throws Exception {
    String user = cluster.guests().facts().get("username").asText();
    String password = cluster.guests().facts().get("password").asText();
    heals(
        "change from token to password",
        Duration.ofSeconds(45),
        () -> {
          cluster
              .kubectl()
              .patch(
                  "secret",
                  "demo-proxmox",
                  "{\"data\":null,\"stringData\":{\"username\":\"%s\",\"password\":\"%s\"}}"
                      .formatted(user, password));
          control(
              "POST",
              "/credentials/delete",
              "{\"id\":\"%s\"}".formatted(cluster.guests().facts().get("tokenId").asText()));
          cut();
        });
  }

  @Test
  @Order(8)
  void ticketExpiry() throws Exception {
    heals(
        "ticket expiry",
        SOON,
        () -> {
          put("/faults/ticket-expired-now", "{\"times\":1}");
          cut();
        });
  }

  @Test
  @Order(9)
  void passwordRotation() throws Exception {
    String password = "p-" + UUID.randomUUID();
    heals(
        "rotation of the password",
        Duration.ofSeconds(45),
        () -> {
          control("POST", "/credentials/password", "{\"password\":\"%s\"}".formatted(password));
          put("/faults/ticket-expired-now", "{\"times\":1}");
          cut();
          cluster
              .kubectl()
              .patch(
                  "secret",
                  "demo-proxmox",
                  "{\"stringData\":{\"password\":\"%s\"}}".formatted(password));
        });
  }

  @Test
  @Order(10)
  void deathOfOneEndpoint() throws Exception {
    heals("death of the guest's endpoint, port closed", SOON, () -> fault("refuse-connections"));
    put("/faults/refuse-connections", "{\"enabled\":false}");
    heals(
        "death of the guest's endpoint, packets swallowed",
        Duration.ofSeconds(45),
        () -> {
          fault("blackhole");
          cut();
        });
    put("/faults/blackhole", "{\"enabled\":false}");
  }

  @Test
  @Order(11)
  void certificateRotationToTheSecondOfTwoPins() throws Exception {
    put("/faults/certificate-swap", "{\"value\":\"next\"}");
    Set<String> next = fingerprints();
    put("/faults/certificate-swap", "{\"enabled\":false}");
    Set<String> now = fingerprints();
    assertThat(now).doesNotContainAnyElementsOf(next);
    List<String> pins = Stream.concat(now.stream(), next.stream()).toList();
    // Relays of a host without a CA have no volume for it: they are replaced.
    cluster.patchHost(
        "{\"spec\":{\"tls\":{\"caRef\":null,\"fingerprints\":[%s]}}}"
            .formatted(String.join(",", pins.stream().map("\"%s\""::formatted).toList())));
    cluster.awaitRollout(1);
    Awaitility.await("both endpoints are trusted by their pins")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .until(() -> now.equals(trusted()));
    FrontDoorIT.showsThePicture(browser);

    heals(
        "certificate rotation to the second of two pins",
        SOON,
        () -> {
          put("/faults/certificate-swap", "{\"value\":\"next\"}");
          cut();
        });
    Awaitility.await("the new certificates in the host's status")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .until(() -> next.equals(trusted()));
  }

  /** Of the certificates that the endpoints show now. */
  private static Set<String> fingerprints() throws Exception {
    Set<String> found = new HashSet<>();
    for (JsonNode endpoint : cluster.guests().facts().get("endpoints")) {
      found.add(ShownCertificate.fingerprint(URI.create(endpoint.get("url").asText())));
    }
    return found;
  }

  /** Of the certificates of those endpoints that the host's status calls reachable. */
  private static Set<String> trusted() {
    List<EndpointStatus> endpoints = cluster.host().getStatus().endpoints();
    return (endpoints == null ? List.<EndpointStatus>of() : endpoints)
        .stream()
            .filter(endpoint -> Boolean.TRUE.equals(endpoint.reachable()))
            .map(endpoint -> endpoint.certificate().fingerprintSha256())
            .collect(Collectors.toSet());
  }

  private static void fault(String name) throws Exception {
    put("/faults/" + name, "{\"node\":\"pve1\"}");
    post("/nodes/pve1/cut");
  }

  /** Every console ends, as with a network that failed for a moment. */
  private static void cut() throws Exception {
    post("/nodes/pve1/cut");
    post("/nodes/pve2/cut");
  }

  private static void post(String path) throws Exception {
    control("POST", path, "");
  }

  private static void put(String path, String body) throws Exception {
    control("PUT", path, body);
  }

  private static void control(String method, String path, String body) throws Exception {
    cluster.guests().control(method, path, body);
  }
}
