// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Cookie;

/**
 * The newcomer's whole way, on both Kubernetes APIs: start, open the link, see the picture, type,
 * reload, share the link in vain, and lose the console when the session is deleted.
 */
class FrontDoorIT {
  private static final Duration PICTURE = Duration.ofSeconds(30);
  private static final Pattern TICKET = Pattern.compile("PVE(VNC|API|AuthCookie)|PVE:[A-Za-z]");

  private static final Pattern POINTER = Pattern.compile("pointer \\d+,\\d+");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mock", "real"})
  void fromTheLinkToTheEnd(String api) throws Exception {
    Needs.browser();
    if (api.equals("real")) {
      Needs.apiServer();
    }
    try (RunningSandbox sandbox = RunningSandbox.start(directory, "--api", api);
        Browser browser = new Browser("en-US")) {
      String link = sandbox.link(0);
      String secret = link.substring(link.indexOf('#') + 1);
      SimulatedGuests guests = new SimulatedGuests(sandbox.file("simulator.json"));
      try (KubernetesClient kubernetes = sandbox.kubernetes()) {
        browser.open(link);
        showsThePicture(browser);
        typesAndMoves(browser, guests, vmid(kubernetes));
        keepsSecrets(browser, secret, guests);

        browser.reload();
        showsThePicture(browser);

        refusesASecondProfile(link);
        assertThat(browser.state()).isEqualTo("connected");

        endsWithTheSession(browser, kubernetes);
        assertThat(sandbox.logs()).as("logs").doesNotContain(secret);
      }
    }
    assertThat(ProcessHandle.current().descendants().filter(FrontDoorIT::ours)).isEmpty();
  }

  private static boolean ours(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("pveconsole");
  }

  private static int vmid(KubernetesClient kubernetes) {
    return session(kubernetes).getSpec().target().vmid();
  }

  private static ConsoleSession session(KubernetesClient kubernetes) {
    return kubernetes
        .resources(ConsoleSession.class)
        .inNamespace("default")
        .withName("demo")
        .require();
  }

  static void showsThePicture(Browser browser) {
    browser.awaitState("connected", PICTURE);
    Awaitility.await("a picture with several colours")
        .atMost(Duration.ofSeconds(10))
        .until(() -> browser.coloursOfPicture() > 3);
  }

  private static void typesAndMoves(Browser browser, SimulatedGuests guests, int vmid) {
    String line = "echo pveconsole " + System.nanoTime() % 10_000;
    browser.type(line);
    Awaitility.await("the typed line on the guest's screen")
        .atMost(Duration.ofSeconds(5))
        .until(() -> guests.screen(vmid).contains(line));
    browser.movePointer(0, 0);
    String middle = pointer(guests, vmid);
    browser.movePointer(60, 25);
    Awaitility.await("the pointer elsewhere on the guest's screen")
        .atMost(Duration.ofSeconds(5))
        .until(() -> !pointer(guests, vmid).equals(middle));
  }

  private static String pointer(SimulatedGuests guests, int vmid) {
    Matcher place = POINTER.matcher(guests.screen(vmid));
    return place.find() ? place.group() : "";
  }

  static void keepsSecrets(Browser browser, String secret, SimulatedGuests guests) {
    assertThat(browser.address()).doesNotContain("#").doesNotContain(secret);
    String tokenSecret = guests.facts().get("tokenSecret").asText();
    for (String text : List.of(browser.readableByScripts(), browser.consoleLog())) {
      assertThat(text).doesNotContain(secret).doesNotContain(tokenSecret);
      assertThat(text).doesNotContainPattern(TICKET);
    }
    assertThat(browser.cookies()).isNotEmpty().allMatch(Cookie::isHttpOnly);
    assertThat(browser.consoleLog()).doesNotContain("Content Security Policy");
  }

  static void refusesASecondProfile(String link) {
    try (Browser stranger = new Browser("en-US")) {
      stranger.open(link);
      Awaitility.await("a refusal")
          .atMost(Duration.ofSeconds(10))
          .until(() -> List.of("ended", "failed").contains(stranger.state()));
      assertThat(stranger.reason()).isEqualTo("LinkReused");
      assertThat(stranger.text()).containsIgnoringCase("already");
      assertThat(stranger.coloursOfPicture()).isZero();
    }
  }

  static void endsWithTheSession(Browser browser, KubernetesClient kubernetes) {
    Awaitility.await("Connected in the status")
        .atMost(Duration.ofSeconds(5))
        .until(() -> session(kubernetes).getStatus().state() == SessionState.Connected);
    kubernetes.resources(ConsoleSession.class).inNamespace("default").withName("demo").delete();
    browser.awaitState("ended", Patience.of(Duration.ofSeconds(1)));
    assertThat(browser.reason()).isEqualTo(TerminationReason.Revoked.name());
    assertThat(browser.textOf("ending-cause")).isNotBlank();
  }
}
