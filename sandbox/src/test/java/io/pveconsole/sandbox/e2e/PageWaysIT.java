// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.sandbox.e2e.PageSandbox.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** The ways of the page to a picture and back to it: steps, failures, losses, other tabs. */
class PageWaysIT {
  private static final Duration PICTURE = Duration.ofSeconds(60);
  private static final String WATCH_POLICY =
      """
      window.policyViolations = [];
      document.addEventListener('securitypolicyviolation', (event) => window.policyViolations.push(
          `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
      """;

  @TempDir static Path directory;
  private static PageSandbox sandbox;

  private Browser browser;

  @BeforeAll
  static void start() throws Exception {
    sandbox = PageSandbox.start(directory);
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @BeforeEach
  void open() {
    browser = Browser.looking(BrowserLook.DESKTOP);
    browser.beforeEachPage(WATCH_POLICY);
  }

  @AfterEach
  void close() {
    browser.close();
    sandbox.control().noFault("slow-vncproxy");
    sandbox.control().guest(PageSandbox.OTHER_VM, "start");
  }

  private static ConditionFactory soon(String what) {
    return Awaitility.await(what).atMost(Patience.of(Duration.ofSeconds(15)));
  }

  private Session connected(int vmid) {
    Session session = sandbox.session(vmid, "VNC");
    browser.open(session.link());
    browser.awaitState("connected", PICTURE);
    return session;
  }

  private boolean shown(String testId) {
    return browser.byTestId(testId).isDisplayed();
  }

  private Object step(String name) {
    return browser.byTestId("step-" + name).getAttribute("data-step-state");
  }

  @Test
  void theStepsTickOffBeforeThePicture() {
    sandbox.control().fault("slow-vncproxy", "4000");
    browser.open(sandbox.session(PageSandbox.OTHER_VM, "VNC").link());
    soon("a console that is being asked for").until(() -> "started".equals(step("ticket")));
    assertThat(shown("card")).isTrue();
    for (String before : List.of("sign-in", "relay", "dns", "tcp", "tls", "auth", "guest")) {
      assertThat(step(before)).as(before).isEqualTo("ok");
    }
    assertThat(step("rfb")).isNotEqualTo("ok");
    browser.awaitState("connected", PICTURE);
    assertThat(shown("card")).isFalse();
  }

  @Test
  void aFailureSaysWhichStepWhyAndWhatToDoAndHealsByItself() {
    sandbox.control().guest(PageSandbox.OTHER_VM, "stop");
    browser.open(sandbox.session(PageSandbox.OTHER_VM, "VNC").link());
    soon("the reason").until(() -> shown("why"));
    assertThat(browser.textOf("why")).contains("switched off");
    assertThat(browser.textOf("cure")).isNotBlank();
    assertThat(browser.textOf("countdown")).matches("Next try in \\d+ s");
    assertThat(browser.textOf("card"))
        .doesNotContainPattern(
            "pve\\d|127\\.0|localhost|:\\d{4}|" + PageSandbox.OTHER_VM + "(?! ms)");
    assertThat(step("guest")).isEqualTo("failed");

    sandbox.control().guest(PageSandbox.OTHER_VM, "start");
    browser.awaitState("connected", PICTURE);
  }

  @Test
  void aLostConsoleKeepsItsLastPictureCountsDownAndComesBack() {
    connected(PageSandbox.VM);
    sandbox.control().guest(PageSandbox.VM, "stop");
    browser.awaitState("reconnecting", Patience.of(Duration.ofSeconds(15)));
    assertThat(shown("last-picture")).isTrue();
    soon("a countdown").until(() -> shown("countdown"));
    assertThat(shown("retry-now")).isTrue();
    sandbox.control().guest(PageSandbox.VM, "start");
    if (shown("retry-now")) {
      browser.byTestId("retry-now").click();
    }
    browser.awaitState("connected", PICTURE);
    assertThat(shown("last-picture")).isFalse();
  }

  private long opened() {
    return (Long) browser.script("return window.fakeRelay.opened");
  }

  private void relaySays(String message) {
    browser.script("window.fakeRelay.says(" + message + ")");
  }

  private void openOnFakeRelay() throws Exception {
    browser.beforeEachPage(Resources.text("page/fake-relay.js"));
    browser.open(sandbox.session(PageSandbox.VM, "VNC").link());
    // Signing in is tried again after seconds when the API server is slow to answer the relay.
    Awaitility.await("a socket")
        .atMost(PICTURE)
        .untilAsserted(() -> assertThat(opened()).as("page says: %s", browser.text()).isOne());
    soon("hello").until(() -> "ok".equals(step("relay")));
  }

  @Test
  void thePlaceInTheQueueIsShown() throws Exception {
    openOnFakeRelay();
    relaySays("{t: 'step', step: 'ticket', state: 'started'}");
    relaySays("{t: 'queue', position: 3}");
    assertThat(browser.textOf("card")).contains("in the queue: 3");
    relaySays("{t: 'queue', position: 1}");
    assertThat(browser.textOf("card")).contains("in the queue: 1");
    relaySays("{t: 'queue', position: 0}");
    assertThat(browser.byTestId("card").getText()).doesNotContain("in the queue");
  }

  @Test
  void aLossIsTriedAgainAtOnceWhenAskedAndAFinalWordIsFinal() throws Exception {
    openOnFakeRelay();
    browser.script("window.fakeRelay.closes(4112, 'RelayRestarting')");
    soon("the reason").until(() -> shown("why"));
    assertThat(browser.textOf("why")).contains("restarting");
    if (opened() == 1) {
      browser.byTestId("retry-now").click();
    }
    soon("another try").until(() -> opened() >= 2);
    soon("its greeting").until(() -> "ok".equals(step("relay")));

    browser.script("window.fakeRelay.closes(4006, 'PolicyChanged')");
    browser.awaitState("ended", Duration.ofSeconds(5));
    long tries = opened();
    Awaitility.await("no further try")
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .until(() -> opened() == tries);
    assertThat(shown("ending-cure")).isTrue();
    assertThat(browser.reason()).isEqualTo("PolicyChanged");
  }

  @Test
  void theIdleWarningComesAndGoes() throws Exception {
    openOnFakeRelay();
    relaySays("{t: 'idle', closesInSeconds: 30}");
    assertThat(browser.textOf("idle")).contains("30 s");
    soon("it counts").until(() -> browser.byTestId("idle").getText().matches("(?s).* 2\\d s .*"));
    relaySays("{t: 'active'}");
    assertThat(shown("idle")).isFalse();
  }

  private String newTab(String address) {
    browser.driver().switchTo().newWindow(WindowType.TAB);
    BrowserLook.DESKTOP.applyTo(browser);
    browser.open(address);
    return browser.driver().getWindowHandle();
  }

  @Test
  void theNewerTabTakesTheConsoleAndTheOlderCanTakeItBack() {
    Session session = connected(PageSandbox.VM);
    String first = browser.driver().getWindowHandle();
    // As a duplicated or restored tab does: the same address, without the secret.
    String second = newTab(session.address());
    browser.awaitState("connected", PICTURE);

    browser.driver().switchTo().window(first);
    browser.awaitState("ended", Patience.of(Duration.ofSeconds(10)));
    assertThat(browser.reason()).isEqualTo("TakenOver");
    assertThat(browser.textOf("ending-title")).contains("another tab");
    Awaitility.await("no tug of war")
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(6))
        .until(() -> browser.state().equals("ended"));

    browser.byTestId("ending-action").click();
    browser.awaitState("connected", PICTURE);
    browser.driver().switchTo().window(second);
    browser.awaitState("ended", Patience.of(Duration.ofSeconds(10)));
    assertThat(browser.reason()).isEqualTo("TakenOver");
  }

  @Test
  void anOlderTabThatWaitsForItsNextTryLeavesTheConsoleToTheNewer() {
    Session session = connected(PageSandbox.VM);
    String older = browser.driver().getWindowHandle();
    sandbox.control().guest(PageSandbox.VM, "stop");
    browser.awaitState("reconnecting", Patience.of(Duration.ofSeconds(15)));
    soon("a countdown").until(() -> shown("countdown"));
    String newer = newTab(session.address());
    soon("the newer tab waits too").until(() -> shown("countdown"));

    browser.driver().switchTo().window(older);
    browser.awaitState("ended", Patience.of(Duration.ofSeconds(10)));
    assertThat(browser.reason()).isEqualTo("TakenOver");
    browser.driver().switchTo().window(newer);
    sandbox.control().guest(PageSandbox.VM, "start");
    browser.awaitState("connected", PICTURE);
  }

  @Test
  void aTabWhoseNewerOneWasClosedComesBackFromALoss() {
    Session session = connected(PageSandbox.VM);
    String older = browser.driver().getWindowHandle();
    browser.driver().switchTo().newWindow(WindowType.TAB);
    browser.beforeEachPage("window.WebSocket = class { readyState = 0; close() {} send() {} };");
    browser.open(session.address());
    browser.awaitState("connecting", Patience.of(Duration.ofSeconds(15)));
    browser.driver().close();

    browser.driver().switchTo().window(older);
    soon("the newer tab's lock is free").until(this::nobodyClaims);
    sandbox.control().guest(PageSandbox.VM, "stop");
    browser.awaitState("reconnecting", Patience.of(Duration.ofSeconds(15)));
    sandbox.control().guest(PageSandbox.VM, "start");
    browser.awaitState("connected", PICTURE);
  }

  /** Chromium gives the locks of a closed tab back a moment later. */
  private boolean nobodyClaims() {
    return Boolean.TRUE.equals(
        browser.script(
            "return navigator.locks.query().then(({ held }) =>"
                + " held.every(({ name }) => !name.startsWith('pveconsole-viewer-')))"));
  }

  @Test
  void theBackButtonBringsTheConsoleBack() {
    Session session = connected(PageSandbox.VM);
    browser.open(session.address().replaceAll("/c/.*", "/c/nothing"));
    browser.driver().navigate().back();
    browser.awaitState("connected", PICTURE);
    assertThat(browser.address()).isEqualTo(session.address());
    browser.type("after back");
    soon("the line").until(() -> sandbox.guests().screen(PageSandbox.VM).contains("after back"));
  }

  @Test
  void aPageThatNobodyLooksAtYetNeitherSpendsTheLinkNorTakesTheConsole() {
    Session session = sandbox.session(PageSandbox.VM, "VNC");
    browser.beforeEachPage(
        """
        let seen = sessionStorage.getItem('seen') === 'yes';
        Object.defineProperty(document, 'visibilityState', { get: () => seen ? 'visible' : 'hidden' });
        Object.defineProperty(document, 'prerendering', { get: () => !seen });
        window.look = () => {
          seen = true;
          sessionStorage.setItem('seen', 'yes');
          document.dispatchEvent(new Event('prerenderingchange'));
        };
        """);
    browser.open(session.link());
    soon("a page that waits")
        .until(() -> browser.byTestId("card").getText().contains("as soon as this tab is in view"));
    assertThat(browser.cookies()).isEmpty();
    assertThat(sandbox.read(session).getStatus().connectedTime()).isNull();

    browser.script("window.look()");
    browser.awaitState("connected", PICTURE);
    String first = browser.driver().getWindowHandle();

    // Another tab with the cookies, which nobody looks at: as a browser restores tabs.
    browser.driver().switchTo().newWindow(WindowType.TAB);
    browser.beforeEachPage(
        "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });");
    browser.open(session.address());
    soon("a second page that waits")
        .until(() -> browser.byTestId("card").getText().contains("as soon as this tab is in view"));
    browser.driver().switchTo().window(first);
    assertThat(browser.state()).isEqualTo("connected");
  }

  @Test
  void aWholeUseOfThePageBreaksNoPolicyAndAsksNobodyElse() {
    browser.requests();
    Session session = connected(PageSandbox.VM);
    String origin = session.link().replaceAll("(https?://[^/]+)/.*", "$1");
    useEverything();
    assertNoViolation("the console");

    browser.open(sandbox.session(PageSandbox.VM, "Terminal").link());
    browser.awaitState("connected", PICTURE);
    soon("the terminal's text").until(() -> browser.byTestId("screen").getText().contains("help"));
    browser.script("document.querySelector('#screen textarea').focus()");
    new org.openqa.selenium.interactions.Actions(browser.driver()).sendKeys("colors\n").perform();
    soon("coloured text").until(() -> browser.byTestId("screen").getText().contains("colors"));
    browser.byTestId("tool-keys").click();
    browser.byTestId("end-session").click();
    browser.byTestId("end-confirm").click();
    browser.awaitState("ended", PICTURE);
    assertNoViolation("the terminal");

    String socket = origin.replaceFirst("^http", "ws");
    assertThat(browser.requests())
        .hasSizeGreaterThan(10)
        .allMatch(
            address ->
                address.startsWith(origin + "/")
                    || address.startsWith(socket + "/")
                    || address.startsWith("blob:" + origin)
                    || address.startsWith("data:"));
    assertThat(browser.consoleLog()).doesNotContain("Content Security Policy");
  }

  private void useEverything() {
    for (String tool :
        List.of("tool-keys", "tool-clipboard", "tool-type", "quality", "time-left-button")) {
      browser.byTestId(tool).click();
    }
    browser.byTestId("tool-view").click();
    browser.byTestId("scale-actual").click();
    browser.byTestId("screenshot").click();
    browser.byTestId("scale-fit").click();
    browser.type("colors\n");
    browser.byTestId("end-session").click();
    browser.byTestId("end-cancel").click();
  }

  private void assertNoViolation(String where) {
    assertThat(browser.script("return window.policyViolations.join('\\n')"))
        .as("violations of the content security policy in %s", where)
        .isEqualTo("");
  }
}
