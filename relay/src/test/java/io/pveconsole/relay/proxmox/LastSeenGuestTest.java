// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest is looked for where it was; the list of all guests is asked only where that says no. */
class LastSeenGuestTest extends FakeProxmoxTestBase {

  private static final String LIST = "GET /api2/json/cluster/resources?type=vm";
  private static final String CONFIG = "config?current=1";
  private static final String SEEN = "{\"smbios1\":\"uuid=a\"}";

  private final Site site = new Site();
  private ProxmoxClient client;

  @BeforeEach
  void start() {
    proxmox.script(site);
    client = client(proxmox.settings());
  }

  /** Two nodes of which one has the guest. */
  private static final class Site implements FakeProxmox.Script {
    private volatile String node = "pve1";
    private volatile String config = SEEN;
    private volatile boolean template;
    private volatile @Nullable String dead;
    private volatile boolean listing = true;
    private volatile String status = "{\"status\":\"running\"}";

    @Override
    public void api(HttpServerRequest request, String path) {
      if (path.equals("/cluster/resources")) {
        list(request);
      } else if (path.endsWith("/config")) {
        ofGuest(request, path.split("/", -1)[2], config);
      } else if (path.endsWith("/status/current")) {
        ofGuest(request, path.split("/", -1)[2], status);
      } else {
        FakeProxmox.Script.super.api(request, path);
      }
    }

    private void list(HttpServerRequest request) {
      if (listing) {
        FakeProxmox.data(
            request,
            "[{\"vmid\":100,\"type\":\"qemu\",\"node\":\"%s\",\"name\":\"web\",\"template\":%d}]"
                .formatted(node, template ? 1 : 0));
      }
    }

    private void ofGuest(HttpServerRequest request, String asked, String answer) {
      if (asked.equals(dead)) {
        return;
      }
      if (asked.equals(node)) {
        FakeProxmox.data(request, answer);
      } else {
        FakeProxmox.fail(
            request,
            500,
            "Configuration file 'nodes/" + asked + "/qemu-server/100.conf' does not exist");
      }
    }
  }

  private Future<TestConsole> opening(@Nullable GuestIdentity expected) {
    return TestConsole.of(vertx, () -> client.openVnc(100, expected, StepListener.NONE));
  }

  private Guest open(@Nullable GuestIdentity expected) {
    TestConsole console = Await.value(opening(expected));
    console.authenticationDone();
    return console.tunnel().guest();
  }

  /** Opens once, and forgets what was asked for it. */
  private Guest openedBefore() {
    Guest guest = open(null);
    proxmox.requests().clear();
    return guest;
  }

  private List<String> lookedAt() {
    return proxmox.lines().stream().filter(line -> !line.contains("/vnc")).toList();
  }

  private static String of(String node, String what) {
    return "GET /api2/json/nodes/" + node + "/qemu/100/" + what;
  }

  @Test
  void whereItIsAsBeforeNoListIsAsked() {
    Guest before = openedBefore();

    assertThat(open(before.identity()).identity()).isEqualTo(before.identity());

    assertThat(lookedAt()).containsExactly(of("pve1", CONFIG), of("pve1", "status/current"));
  }

  @Test
  void aGuestThatHasMovedIsFoundByTheList() {
    Guest before = openedBefore();
    site.node = "pve2";

    assertThat(open(before.identity()).ref().node()).isEqualTo("pve2");

    assertThat(lookedAt())
        .containsExactly(
            of("pve1", CONFIG), LIST, of("pve2", CONFIG), of("pve2", "status/current"));
  }

  @Test
  void aGuestThatHasLeftADeadNodeIsFoundByTheListInTime() {
    Guest before = openedBefore();
    site.dead = "pve1";
    site.node = "pve2";

    assertThat(open(before.identity()).ref().node()).isEqualTo("pve2");
  }

  @Test
  void anotherGuestOfTheSameNumberIsNoticed() {
    Guest before = openedBefore();
    site.config = "{\"smbios1\":\"uuid=b\"}";

    assertThat(Await.failure(opening(before.identity())))
        .isInstanceOf(GuestFailure.GuestChanged.class);
  }

  @Test
  void aGuestThatBecameATemplateIsNoticed() {
    openedBefore();
    site.config = "{\"smbios1\":\"uuid=a\",\"template\":1}";
    site.template = true;

    assertThat(Await.failure(opening(null))).isInstanceOf(GuestFailure.GuestIsTemplate.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"meta\":\"creation-qemu=9.0\"}"})
  void aGuestThatOnlyItsNameTellsApartIsAlwaysLookedUpInTheList(String config) {
    site.config = config;
    openedBefore();

    open(null);

    assertThat(lookedAt())
        .containsExactly(
            of("pve1", CONFIG), LIST, of("pve1", CONFIG), of("pve1", "status/current"));
  }

  @Test
  void aListThatDoesNotComeIsNotAskedForAgain() {
    openedBefore();
    site.node = "pve2";
    site.listing = false;

    assertThat(Await.failure(opening(null))).isInstanceOf(ServiceFailure.TimedOut.class);

    assertThat(lookedAt()).containsExactly(of("pve1", CONFIG), LIST);
  }

  private static String running(int pid, long uptime) {
    return "{\"status\":\"running\",\"pid\":%d,\"uptime\":%d}".formatted(pid, uptime);
  }

  @Test
  void whileItRunsOnItsConfigurationIsNotReadAgain() {
    site.status = running(4711, 1000);
    Guest before = openedBefore();
    site.status = running(4711, 1002);

    Guest now = open(before.identity());

    assertThat(now.identity()).isEqualTo(before.identity());
    assertThat(now.pid()).isEqualTo(4711);
    assertThat(lookedAt()).containsExactly(of("pve1", "status/current"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"running\",\"pid\":4712,\"uptime\":1000}",
        "{\"status\":\"running\",\"pid\":4711,\"uptime\":990}",
        "{\"status\":\"running\",\"pid\":4711,\"uptime\":1010}",
        "{\"status\":\"running\",\"pid\":4711}",
        "{\"status\":\"running\",\"uptime\":1000}",
        "{\"status\":\"running\",\"pid\":4711,\"uptime\":9223372036854775807}",
      })
  void anotherRunMayBeAnotherGuest(String status) {
    site.status = running(4711, 1000);
    Guest before = openedBefore();
    site.status = status;
    site.config = "{\"smbios1\":\"uuid=b\"}";

    assertThat(Await.failure(opening(before.identity())))
        .isInstanceOf(GuestFailure.GuestChanged.class);
    assertThat(lookedAt())
        .containsExactly(
            of("pve1", "status/current"), of("pve1", CONFIG), of("pve1", "status/current"));
  }

  @Test
  void aGuestThatWasStoppedSinceIsNoticed() {
    site.status = running(4711, 1000);
    openedBefore();
    site.status = "{\"status\":\"stopped\",\"uptime\":0}";

    assertThat(Await.failure(opening(null))).isInstanceOf(GuestFailure.GuestStopped.class);
  }

  @Test
  void aRunningGuestThatHasMovedIsFoundByTheList() {
    site.status = running(4711, 1000);
    Guest before = openedBefore();
    site.node = "pve2";

    assertThat(open(before.identity()).ref().node()).isEqualTo("pve2");

    assertThat(lookedAt())
        .containsExactly(
            of("pve1", "status/current"), LIST, of("pve2", CONFIG), of("pve2", "status/current"));
  }

  @Test
  void aRunOfAGuestThatOnlyItsNameTellsApartProvesNothing() {
    site.status = running(4711, 1000);
    site.config = "{}";
    openedBefore();

    open(null);

    assertThat(lookedAt()).contains(LIST);
  }

  @Test
  void whatIsSearchedForAfterALossIsLookedUpInTheList() {
    Guest before = openedBefore();
    site.node = "pve2";

    assertThat(Await.value(client.explainLoss(before))).isInstanceOf(GuestFailure.GuestMoved.class);
    proxmox.requests().clear();
    open(before.identity());

    assertThat(lookedAt()).containsExactly(of("pve2", CONFIG), of("pve2", "status/current"));
  }
}
