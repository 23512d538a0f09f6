// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.sandbox.e2e.PageSandbox.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.interactions.Actions;

/** The serial port of a virtual machine in xterm.js, as a person uses it. */
class PageTerminalIT {
  private static final Duration PICTURE = Duration.ofSeconds(60);
  private static final Pattern SIZE = Pattern.compile("terminal (\\d+)x(\\d+)");

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
    Session session = sandbox.session(PageSandbox.VM, "Terminal");
    browser.open(session.link());
    browser.awaitState("connected", PICTURE);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private static ConditionFactory soon(String what) {
    return Awaitility.await(what).atMost(Patience.of(Duration.ofSeconds(15)));
  }

  /** The rows as a reader sees them. */
  private String rows() {
    return String.valueOf(
        browser.script(
            "return [...document.querySelectorAll('.xterm-rows > div')]"
                + ".map((row) => row.textContent.trimEnd()).join('\\n')"));
  }

  private void type(String text) {
    browser.script("document.querySelector('#screen textarea').focus()");
    new Actions(browser.driver()).sendKeys(text).perform();
  }

  private static String input() {
    return sandbox.control().input(PageSandbox.VM);
  }

  private static int columns() {
    int columns = 0;
    for (Matcher size = SIZE.matcher(input()); size.find(); ) {
      columns = Integer.parseInt(size.group(1));
    }
    return columns;
  }

  @Test
  void takesAndShowsTextInAnyScript() {
    type("echo 한국어 é\n");
    soon("the answer").until(() -> rows().lines().anyMatch("한국어 é"::equals));
    assertThat(sandbox.guests().screen(PageSandbox.VM)).contains("\n한국어 é\n");
  }

  @Test
  void aLongPasteArrivesWholeAndDoesNotEndTheConsole() {
    browser.byTestId("tool-type").click();
    browser.script(
        "const field = document.getElementById('type-text');"
            + "field.value = '가'.repeat(800000) + '\\necho end-of-it\\n';"
            + "field.dispatchEvent(new Event('input'))");
    browser.byTestId("type-start").click();
    soon("its end").until(() -> sandbox.guests().screen(PageSandbox.VM).contains("\nend-of-it\n"));
    assertThat(browser.state()).isEqualTo("connected");
  }

  @Test
  void theGuestHearsOfTheWindowsSizeAndThatSomebodyIsThere() {
    soon("a size").until(() -> columns() > 0);
    int wide = columns();
    browser.devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 760, "height", 700, "deviceScaleFactor", 1, "mobile", false));
    soon("a narrower one").until(() -> columns() < wide);
    Awaitility.await("a ping, which comes every 30 s")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .until(() -> input().contains("terminal ping"));
    assertThat(browser.state()).isEqualTo("connected");
  }
}
