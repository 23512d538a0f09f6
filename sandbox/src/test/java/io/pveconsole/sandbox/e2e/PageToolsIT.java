// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.sandbox.e2e.PageSandbox.Session;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Every tool of the page, used as a person uses it, and seen from the guest's side. */
class PageToolsIT {
  private static final Duration PICTURE = Duration.ofSeconds(60);
  private static final String CANVAS_WIDTH =
      "return document.querySelector('#screen canvas').getBoundingClientRect().width";

  @TempDir static Path directory;
  private static PageSandbox sandbox;

  private Browser browser;
  private Session session;

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
    session = sandbox.session(PageSandbox.VM, "VNC");
    browser = Browser.looking(BrowserLook.DESKTOP);
    browser.open(session.link());
    browser.awaitState("connected", PICTURE);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private static ConditionFactory soon(String what) {
    return Awaitility.await(what).atMost(Patience.of(Duration.ofSeconds(10)));
  }

  private void click(String testId) {
    browser.byTestId(testId).click();
  }

  private static String input() {
    return sandbox.control().input(PageSandbox.VM);
  }

  private static String screen() {
    return sandbox.guests().screen(PageSandbox.VM);
  }

  private static String chord(String... keysyms) {
    StringBuilder down = new StringBuilder();
    StringBuilder up = new StringBuilder();
    for (String keysym : keysyms) {
      down.append("key ").append(keysym).append(" down\n");
      up.insert(0, "key " + keysym + " up\n");
    }
    return (down.toString() + up).strip();
  }

  @Test
  void chordsThatTheBrowserKeepsForItselfArriveAtTheGuest() {
    click("tool-keys");
    click("key-ctrl-alt-del");
    soon("Ctrl+Alt+Del").until(() -> input().contains(chord("ffe3", "ffe9", "ffff")));
    click("key-ctrl-alt-f2");
    soon("Ctrl+Alt+F2").until(() -> input().contains(chord("ffe3", "ffe9", "ffbf")));
    click("key-alt-tab");
    soon("Alt+Tab").until(() -> input().contains(chord("ffe9", "ff09")));
  }

  @Test
  void aHeldKeyStaysDownUntilItIsPressedAgain() {
    click("tool-keys");
    click("key-hold-shift");
    soon("Shift down").until(() -> input().endsWith("key ffe1 down"));
    assertThat(browser.byTestId("key-hold-shift").getAttribute("aria-pressed")).isEqualTo("true");
    click("key-hold-shift");
    soon("Shift up").until(() -> input().endsWith("key ffe1 up"));
  }

  private void typeByPage(String text) {
    browser.byTestId("type-text").clear();
    browser.byTestId("type-text").sendKeys(text);
    click("type-start");
  }

  @Test
  void typesEnglishAndKoreanTextAsKeys() {
    click("tool-type");
    typeByPage("echo ~Hi_{7}!");
    soon("the line").until(() -> screen().contains("echo ~Hi_{7}!"));

    typeByPage("한글 ok");
    soon("the keys of a Korean keyboard, between two switches of the input method")
        .until(
            () ->
                input()
                    .contains(
                        String.join(
                            "\n",
                            chord("ff31"),
                            chord("67"),
                            chord("6b"),
                            chord("73"),
                            chord("72"),
                            chord("6d"),
                            chord("66"),
                            chord("20"),
                            chord("ff31"),
                            chord("6f"),
                            chord("6b"))));
    assertThat(screen()).contains("gksrmf ok");

    browser.byTestId("type-text").clear();
    browser.byTestId("type-text").sendKeys("a\u20acb");
    assertThat(browser.textOf("type-skipped")).contains("1");
  }

  @Test
  void typingShowsItsProgressAndCanBeStopped() {
    click("tool-type");
    typeByPage("q".repeat(600));
    soon("progress")
        .until(() -> Double.parseDouble(browser.byTestId("type-bar").getAttribute("value")) > 10);
    click("type-cancel");
    soon("the end of it").until(() -> !browser.byTestId("type-bar").isDisplayed());
    long typed = typed();
    assertThat(typed).isBetween(10L, 590L);
    Awaitility.await("no more keys")
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(() -> typed() == typed);
    soon("that it stopped").until(() -> browser.textOf("toasts").contains("Stopped"));
  }

  private static long typed() {
    return input().lines().filter("key 71 down"::equals).count();
  }

  @Test
  void theClipboardGoesBothWaysAsFarAsThePolicyAllows() {
    browser.type("copy from the guest\n");
    click("tool-clipboard");
    soon("the guest's text")
        .until(
            () -> browser.byTestId("clip-received").getAttribute("value").equals("from the guest"));
    browser.byTestId("clip-send-text").sendKeys("to the guest");
    click("clip-send");
    soon("the text at the guest").until(() -> screen().contains("to the guest"));

    sandbox.patch(session, "{\"clipboard\": \"FromGuest\"}");
    soon("nothing to send any more").until(() -> !browser.byTestId("clip-send").isDisplayed());
    assertThat(browser.textOf("clip-policy")).isNotBlank();
    sandbox.patch(session, "{\"clipboard\": \"None\"}");
    soon("nothing at all").until(() -> !browser.byTestId("clip-received").isDisplayed());
    assertThat(browser.textOf("clip-policy")).contains("turned off");
  }

  @Test
  void aTextThatIsTooLongForTheClipboardIsRefusedByThePage() {
    click("tool-clipboard");
    browser.script(
        "document.getElementById('clip-send-text').value = 'x'.repeat(arguments[0])",
        1024 * 1024 + 1);
    click("clip-send");
    soon("words for it")
        .until(() -> browser.byTestId("clip-too-long").getText().contains("1025 KiB"));
    browser.script("document.getElementById('clip-send-text').value = 'short enough'");
    click("clip-send");
    soon("the next text at the guest").until(() -> screen().contains("short enough"));
    assertThat(browser.byTestId("clip-too-long").isDisplayed()).isFalse();
    assertThat(browser.state()).isEqualTo("connected");
  }

  private double canvasWidth() {
    return ((Number) browser.script(CANVAS_WIDTH)).doubleValue();
  }

  @Test
  void fitsTheWindowOrShowsTheActualSize() {
    assertThat(canvasWidth()).isGreaterThan(900);
    click("tool-view");
    click("scale-actual");
    soon("actual size").until(() -> canvasWidth() == 800);
    assertThat(browser.byTestId("scale-actual").getAttribute("aria-pressed")).isEqualTo("true");
    click("scale-fit");
    soon("fitted").until(() -> canvasWidth() > 900);
  }

  @Test
  void fullScreenLeavesThePictureAlone() {
    click("tool-view");
    click("full-screen");
    soon("full screen").until(() -> browser.script("return document.fullscreenElement") != null);
    soon("no bar over the picture")
        .until(
            () ->
                ((Number)
                            browser.script(
                                "return document.getElementById('tools')"
                                    + ".getBoundingClientRect().bottom"))
                        .doubleValue()
                    <= 0);
    browser.script("document.exitFullscreen()");
    soon("the bar again").until(() -> browser.byTestId("tool-view").isDisplayed());
    soon("a window again").until(() -> browser.script("return document.fullscreenElement") == null);
  }

  @Test
  void aScreenshotIsAPictureInTheGuestsSize(@TempDir Path downloads) throws Exception {
    browser.devTools(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    click("tool-view");
    click("screenshot");
    File file =
        soon("a file")
            .until(
                () -> {
                  File[] found = downloads.toFile().listFiles((d, name) -> name.endsWith(".png"));
                  return found == null || found.length == 0 ? null : found[0];
                },
                found -> found != null);
    assertThat(file.getName()).startsWith("web-1_");
    BufferedImage picture = ImageIO.read(file);
    assertThat(picture.getWidth()).isEqualTo(800);
    assertThat(picture.getHeight()).isEqualTo(600);
    int[] row = picture.getRGB(0, 10, 800, 1, null, 0, 800);
    assertThat(java.util.Arrays.stream(row).distinct().count()).isGreaterThan(2);
  }

  @Test
  void viewOnlyIsShownAndTakesNoInput() {
    assertThat(browser.byTestId("view-only").isDisplayed()).isFalse();
    sandbox.patch(session, "{\"viewOnly\": true}");
    soon("the badge").until(() -> browser.byTestId("view-only").isDisplayed());
    browser.type("zzz");
    click("tool-keys");
    assertThat(browser.byTestId("key-ctrl-alt-del").isEnabled()).isFalse();
    assertThat(browser.textOf("panel-keys")).contains("view-only");
    sandbox.patch(session, "{\"viewOnly\": false}");
    soon("no badge").until(() -> !browser.byTestId("view-only").isDisplayed());
    browser.type("yyy");
    soon("input again").until(() -> input().contains("key 79 down"));
    assertThat(input()).doesNotContain("key 7a down");
  }

  @Test
  void theTimeLeftFollowsAnExtensionAndSaysWhomToAsk() {
    assertThat(browser.textOf("time-left")).matches("(59|1:00):\\d\\d");
    click("time-left-button");
    assertThat(browser.textOf("extend-hint"))
        .contains("Ask the person")
        .doesNotContain("kubectl")
        .doesNotContain(session.name());
    sandbox.patch(session, "{\"durationSeconds\": 7200}");
    soon("two hours")
        .until(() -> browser.byTestId("time-left").getText().matches("(1:59|2:00):\\d\\d"));
    soon("the new end").until(() -> browser.textOf("toasts").contains("now ends at"));
  }

  @Test
  void theConnectionsQualityIsMeasured() {
    soon("a round trip").until(() -> browser.byTestId("round-trip").getText().matches("\\d+ ms"));
    click("quality");
    soon("a rate above zero")
        .until(() -> browser.byTestId("rate").getText().matches("[1-9]\\d* .*B/s"));
  }

  @Test
  void theSessionEndsForGoodOnlyWhenThatIsConfirmed() {
    click("end-session");
    click("end-cancel");
    assertThat(browser.state()).isEqualTo("connected");
    click("end-session");
    click("end-confirm");
    browser.awaitState("ended", Patience.of(Duration.ofSeconds(10)));
    assertThat(browser.reason()).isEqualTo("ClosedByUser");
    soon("the status")
        .until(
            () ->
                sandbox.read(session).getStatus().terminationReason()
                    == TerminationReason.ClosedByUser);
    browser.open(session.address());
    browser.awaitState("failed", Patience.of(Duration.ofSeconds(10)));
    assertThat(browser.reason()).isEqualTo("NotSignedIn");
  }

  @Test
  void keysTypedIntoThePictureReachTheGuest() {
    browser.canvas().click();
    new Actions(browser.driver()).sendKeys("w", Keys.ARROW_LEFT).perform();
    soon("both keys").until(() -> input().endsWith(chord("77") + "\n" + chord("ff51")));
  }
}
