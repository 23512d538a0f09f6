// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.sandbox.e2e.PageSandbox.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The page for those who have no mouse, no keyboard, other eyes, or another language. */
class PageAccessIT {
  private static final Duration PICTURE = Duration.ofSeconds(60);
  private static final List<String> PANELS =
      List.of(
          "tool-keys", "tool-clipboard", "tool-type", "tool-view", "quality", "time-left-button");

  @TempDir static Path directory;
  private static PageSandbox sandbox;
  private static String axe;

  @BeforeAll
  static void start() throws Exception {
    sandbox = PageSandbox.start(directory);
    axe =
        Files.readString(
            RunningSandbox.home().resolve("relay/src/main/web/node_modules/axe-core/axe.min.js"),
            StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Browser connected(BrowserLook look) {
    Session session = sandbox.session(PageSandbox.VM, "VNC");
    Browser browser = Browser.looking(look);
    browser.open(session.link());
    browser.awaitState("connected", PICTURE);
    return browser;
  }

  private static ConditionFactory soon(String what) {
    return Awaitility.await(what).atMost(Patience.of(Duration.ofSeconds(10)));
  }

  private static String input() {
    return sandbox.control().input(PageSandbox.VM);
  }

  /** What axe-core calls serious or critical, as text. */
  private static void assertNoBarriers(Browser browser, String where) {
    browser.script("if (!window.axe) { " + axe + " }");
    Object found =
        browser
            .driver()
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                window.axe.run(document, { resultTypes: ['violations'] }).then(
                  ({ violations }) => done(violations
                      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                      .map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | '))
                      .join('\\n')),
                  (error) => done('axe failed: ' + error));
                """);
    assertThat(String.valueOf(found)).as("barriers in %s", where).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"en-US, light", "en-US, dark", "ko-KR, light", "ko-KR, dark"})
  void noPartOfThePageShutsSomebodyOut(String language, String scheme) {
    BrowserLook look = BrowserLook.DESKTOP.in(language);
    try (Browser browser = connected(scheme.equals("dark") ? look.dark() : look)) {
      String where = language + " " + scheme;
      // A fade that axe meets half way has no contrast yet.
      browser.script(
          "document.adoptedStyleSheets = [Object.assign(new CSSStyleSheet())];"
              + "document.adoptedStyleSheets[0].replaceSync("
              + "'* { animation: none !important; transition: none !important }')");
      for (String panel : PANELS) {
        browser.byTestId(panel).click();
        assertNoBarriers(browser, where + " " + panel);
      }
      browser.byTestId("end-session").click();
      assertNoBarriers(browser, where + " end dialog");
      browser.byTestId("end-confirm").click();
      browser.awaitState("ended", Patience.of(Duration.ofSeconds(10)));
      assertNoBarriers(browser, where + " ending");
    }
  }

  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void theCardsBeforeThePictureShutNobodyOut(String scheme) {
    Session session = sandbox.session(PageSandbox.STOPPED_VM, "VNC");
    BrowserLook look = BrowserLook.DESKTOP;
    try (Browser browser = Browser.looking(scheme.equals("dark") ? look.dark() : look)) {
      browser.open(session.link());
      soon("the card with the failure").until(() -> browser.byTestId("why").isDisplayed());
      browser.script("document.getAnimations().forEach((animation) => animation.finish())");
      assertNoBarriers(browser, scheme + " failure card");
    }
  }

  @ParameterizedTest
  @CsvSource({"en-GB, Keys, en", "ko-KR, 키, ko", "fr-FR, Keys, en"})
  void speaksTheReadersLanguageOrEnglish(String wanted, String keys, String spoken) {
    try (Browser browser = connected(BrowserLook.DESKTOP.in(wanted))) {
      assertThat(browser.byTestId("tool-keys").getText()).isEqualTo(keys);
      assertThat(browser.script("return document.documentElement.lang")).isEqualTo(spoken);
    }
  }

  private static Object focused(Browser browser, String property) {
    return browser.script("return document.activeElement." + property);
  }

  private static void press(Browser browser, CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
  }

  private static void assertVisibleFocus(Browser browser) {
    assertThat(
            browser.script(
                "const s = getComputedStyle(document.activeElement);"
                    + "return s.outlineStyle + ' ' + parseFloat(s.outlineWidth)"))
        .as("the outline of %s", focused(browser, "outerHTML"))
        .asString()
        .matches("(solid|auto) [1-9].*");
  }

  @Test
  void everythingCanBeReachedWithoutAMouse() {
    try (Browser browser = connected(BrowserLook.DESKTOP)) {
      press(browser, "k");
      soon("a key without a click first").until(() -> input().endsWith("key 6b up"));
      assertThat(browser.byTestId("screen").getAttribute("aria-label")).contains("Ctrl+Alt+Shift");

      new Actions(browser.driver())
          .keyDown(Keys.CONTROL)
          .keyDown(Keys.ALT)
          .keyDown(Keys.SHIFT)
          .keyUp(Keys.SHIFT)
          .keyUp(Keys.ALT)
          .keyUp(Keys.CONTROL)
          .perform();
      soon("the toolbar").until(() -> "keys".equals(focused(browser, "dataset.panel")));
      assertVisibleFocus(browser);
      assertThat(held()).as("keys that the guest still sees held").isEmpty();

      press(browser, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
      assertThat(focused(browser, "dataset.panel")).isEqualTo("type");
      press(browser, Keys.ENTER);
      assertThat(focused(browser, "id")).isEqualTo("type-text");
      assertVisibleFocus(browser);
      press(browser, "by hand", Keys.TAB);
      assertThat(focused(browser, "id")).isEqualTo("type-start");
      assertVisibleFocus(browser);
      press(browser, Keys.ENTER);
      soon("the text").until(() -> sandbox.guests().screen(PageSandbox.VM).contains("by hand"));

      press(browser, Keys.ESCAPE);
      assertThat(browser.byTestId("panel-type").isDisplayed()).isFalse();
      press(browser, "j");
      soon("the guest again").until(() -> input().endsWith("key 6a up"));
    }
  }

  /** Keysyms that went down and did not come up. */
  private static List<String> held() {
    java.util.Set<String> down = new java.util.TreeSet<>();
    for (String line : input().lines().filter(line -> line.startsWith("key")).toList()) {
      String[] words = line.split(" ", -1);
      if (words[2].equals("down")) {
        down.add(words[1]);
      } else {
        down.remove(words[1]);
      }
    }
    return List.copyOf(down);
  }

  @Test
  void theToolbarIsInReachOfAThumb() {
    try (Browser browser = connected(BrowserLook.PHONE)) {
      for (String tool :
          List.of(
              "tool-keys",
              "tool-clipboard",
              "tool-type",
              "tool-keyboard",
              "tool-view",
              "end-session")) {
        Map<?, ?> box =
            (Map<?, ?>)
                browser.script(
                    "return document.querySelector(`[data-testid=${arguments[0]}]`)"
                        + ".getBoundingClientRect().toJSON()",
                    tool);
        assertThat(number(box, "left")).as(tool).isGreaterThanOrEqualTo(0);
        assertThat(number(box, "right")).as(tool).isLessThanOrEqualTo(360);
        assertThat(number(box, "bottom")).as(tool).isLessThanOrEqualTo(740);
        assertThat(number(box, "height")).as(tool).isGreaterThanOrEqualTo(40);
        assertThat(number(box, "width")).as(tool).isGreaterThanOrEqualTo(36);
      }
      assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(360L);
    }
  }

  private static double number(Map<?, ?> box, String name) {
    return ((Number) box.get(name)).doubleValue();
  }

  private static void touch(Browser browser, String type, int... places) {
    List<Map<String, Integer>> points = new java.util.ArrayList<>();
    for (int at = 0; at < places.length; at += 2) {
      points.add(Map.of("x", places[at], "y", places[at + 1], "id", at / 2));
    }
    browser.devTools("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
  }

  @Test
  void fingersClickRightClickScrollAndType() {
    try (Browser browser = connected(BrowserLook.PHONE)) {
      touch(browser, "touchStart", 180, 350);
      touch(browser, "touchEnd");
      soon("a click").until(() -> input().lines().anyMatch(line -> line.matches("pointer .* 1")));

      touch(browser, "touchStart", 120, 330);
      soon("the right button while the finger rests")
          .until(() -> input().lines().anyMatch(line -> line.matches("pointer .* 4")));
      touch(browser, "touchEnd");

      touch(browser, "touchStart", 150, 300, 210, 300);
      for (int y = 310; y <= 420; y += 10) {
        touch(browser, "touchMove", 150, y, 210, y);
      }
      touch(browser, "touchEnd");
      soon("the wheel")
          .until(() -> input().lines().anyMatch(line -> line.matches("pointer .* (8|16)")));

      touch(browser, "touchStart", 170, 350, 190, 350);
      for (int apart = 10; apart <= 120; apart += 10) {
        touch(browser, "touchMove", 170 - apart, 350, 190 + apart, 350);
      }
      touch(browser, "touchEnd");
      soon("Ctrl and the wheel for a pinch")
          .until(() -> input().contains("key ffe3 down\npointer"));

      browser.byTestId("tool-keyboard").click();
      soon("the field for the on-screen keyboard")
          .until(() -> "soft-input".equals(focused(browser, "id")));
      browser.devTools("Input.insertText", Map.of("text", "soft"));
      soon("the text").until(() -> sandbox.guests().screen(PageSandbox.VM).contains("soft"));
    }
  }

  @Test
  void thoseWhoWantNoMotionSeeNone() {
    Session session = sandbox.session(PageSandbox.VM, "VNC");
    try (Browser browser = Browser.looking(BrowserLook.DESKTOP)) {
      browser.devTools(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
      browser.open(session.link());
      browser.awaitState("connected", PICTURE);
      assertThat(
              browser.script(
                  "return ['.spinner', '#card', '#tools', '.panel'].map((s) =>"
                      + " getComputedStyle(document.querySelector(s))).every((s) =>"
                      + " parseFloat(s.animationDuration) < 0.001"
                      + " && parseFloat(s.transitionDuration) < 0.001)"))
          .isEqualTo(true);
    }
  }
}
