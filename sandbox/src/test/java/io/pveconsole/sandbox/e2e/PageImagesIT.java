// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pveconsole.sandbox.e2e.PageSandbox.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.interactions.Actions;

/**
 * Makes the pictures of the documents anew, only when asked: {@code -Dpage.images=FOLDER}, relative
 * to the project. They are looked at by people; what has to hold is in the other tests of the page.
 */
class PageImagesIT {
  private static final Duration PICTURE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private Path folder;
  private PageSandbox sandbox;

  @Test
  void takesThePictures() throws Exception {
    String wanted = System.getProperty("page.images", "");
    assumeTrue(!wanted.isEmpty(), "pictures were not asked for");
    folder = Files.createDirectories(RunningSandbox.home().resolve(wanted));
    sandbox = PageSandbox.start(directory);
    try (PageSandbox running = sandbox) {
      console("console", BrowserLook.DESKTOP, null);
      console("clipboard", BrowserLook.DESKTOP, "tool-clipboard");
      console("korean-dark", BrowserLook.DESKTOP.in("ko-KR").dark(), "tool-keys");
      console("phone", BrowserLook.PHONE, null);
      console("phone-keys", BrowserLook.PHONE.in("ko-KR").dark(), "tool-keys");
      console("phone-landscape", BrowserLook.PHONE.turned().dark(), null);
      terminal();
      doctor("doctor", BrowserLook.DESKTOP);
      doctor("phone-doctor", BrowserLook.PHONE);
      failure();
      reconnect("reconnect", BrowserLook.DESKTOP);
      ending();
    }
  }

  private Browser open(Session session, BrowserLook look) {
    Browser browser = Browser.looking(look);
    browser.open(session.link());
    return browser;
  }

  private void console(String name, BrowserLook look, String panel) throws Exception {
    try (Browser browser = open(sandbox.session(PageSandbox.VM, "VNC"), look)) {
      browser.awaitState("connected", PICTURE);
      browser.type("clear\ncolors\nuptime\n");
      if (panel != null) {
        browser.byTestId(panel).click();
      }
      if ("tool-clipboard".equals(panel)) {
        browser.byTestId("clip-send-text").sendKeys("sudo systemctl restart nginx");
      }
      take(browser, name);
    }
  }

  private void terminal() throws Exception {
    Session session = sandbox.session(PageSandbox.VM, "Terminal");
    try (Browser browser = open(session, BrowserLook.DESKTOP.dark())) {
      browser.awaitState("connected", PICTURE);
      browser.script("document.querySelector('#screen textarea').focus()");
      new Actions(browser.driver()).sendKeys("clear\nhelp\ncolors\n").perform();
      take(browser, "terminal");
    }
  }

  private void doctor(String name, BrowserLook look) throws Exception {
    sandbox.control().fault("slow-vncproxy", "6000");
    try (Browser browser = open(sandbox.session(PageSandbox.OTHER_VM, "VNC"), look)) {
      Awaitility.await("the step that takes time")
          .atMost(PICTURE)
          .until(
              () ->
                  "started"
                      .equals(browser.byTestId("step-ticket").getAttribute("data-step-state")));
      take(browser, name);
      browser.awaitState("connected", PICTURE);
    } finally {
      sandbox.control().noFault("slow-vncproxy");
    }
  }

  private void failure() throws Exception {
    Session session = sandbox.session(PageSandbox.STOPPED_VM, "VNC");
    try (Browser browser = open(session, BrowserLook.DESKTOP)) {
      Awaitility.await("the reason")
          .atMost(PICTURE)
          .until(() -> browser.byTestId("retry-now").isDisplayed());
      take(browser, "failure");
    }
  }

  private void reconnect(String name, BrowserLook look) throws Exception {
    try (Browser browser = open(sandbox.session(PageSandbox.VM, "VNC"), look)) {
      browser.awaitState("connected", PICTURE);
      sandbox.control().guest(PageSandbox.VM, "stop");
      Awaitility.await("the countdown")
          .atMost(PICTURE)
          .until(() -> browser.byTestId("retry-now").isDisplayed());
      take(browser, name);
    } finally {
      sandbox.control().guest(PageSandbox.VM, "start");
    }
  }

  private void ending() throws Exception {
    Session session = sandbox.session(PageSandbox.VM, "VNC");
    try (Browser browser = open(session, BrowserLook.DESKTOP)) {
      browser.awaitState("connected", PICTURE);
      sandbox.patch(session, "{\"revoked\": true}");
      browser.awaitState("ended", PICTURE);
      take(browser, "ending");
    }
  }

  private void take(Browser browser, String name) throws Exception {
    // Lets the guest draw and the page finish what moves.
    Awaitility.await("a quiet page")
        .pollDelay(Duration.ofSeconds(1))
        .atMost(PICTURE)
        .until(
            () ->
                Boolean.TRUE.equals(
                    browser.script(
                        "return document.getAnimations().every((a) =>"
                            + " a.effect.getComputedTiming().iterations === Infinity"
                            + " || a.playState === 'finished')")));
    Map<String, Object> shot = browser.devTools("Page.captureScreenshot", Map.of("format", "png"));
    Files.write(
        folder.resolve(name + ".png"),
        Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
  }
}
