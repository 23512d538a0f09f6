// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A Chromium with a profile of its own. */
final class Browser implements AutoCloseable {
  private static final List<Path> CHROMIUM =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static final List<Path> DRIVER =
      List.of(Path.of("/usr/bin/chromedriver"), Path.of("/usr/local/bin/chromedriver"));

  private static final Pattern ADDRESS = Pattern.compile("\"url\":\"([a-z]+:[^\"]*)\"");

  private final ChromeDriver driver;

  Browser(String language) {
    this(language, Map.of(LogType.BROWSER, "ALL"), List.of());
  }

  private Browser(String language, Map<String, String> logs, List<String> more) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(first(CHROMIUM).toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=" + language,
        "--window-size=1280,860");
    options.addArguments(more);
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(first(DRIVER).toFile()).build();
    driver = new ChromeDriver(service, options);
  }

  /** A browser that looks to the page as the reader's would, and remembers its requests. */
  static Browser looking(BrowserLook look) {
    Map<String, String> logs = Map.of(LogType.BROWSER, "ALL", LogType.PERFORMANCE, "ALL");
    Browser browser = new Browser(look.language(), logs, List.of());
    look.applyTo(browser);
    return browser;
  }

  /**
   * A browser for which all names below {@code ingress.test} lie at one address. It takes any
   * certificate, as it has no store of its own: {@link PublicDoor} checks certificates.
   */
  static Browser through(String address) {
    return new Browser(
        "en-US",
        Map.of(LogType.BROWSER, "ALL"),
        List.of(
            "--host-resolver-rules=MAP *.ingress.test " + address, "--ignore-certificate-errors"));
  }

  /** Whether Chromium and its driver are installed. */
  static boolean installed() {
    return CHROMIUM.stream().anyMatch(Files::exists) && DRIVER.stream().anyMatch(Files::exists);
  }

  private static Path first(List<Path> paths) {
    return paths.stream().filter(Files::exists).findFirst().orElseThrow();
  }

  void open(String url) {
    driver.get(url);
  }

  void reload() {
    driver.navigate().refresh();
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** The page's own word on its state, such as connected or ended. */
  String state() {
    return String.valueOf(script("return document.documentElement.dataset.state || ''"));
  }

  String reason() {
    return String.valueOf(script("return document.documentElement.dataset.reason || ''"));
  }

  /** Keeps from now on what the page goes through, also what it is in for a moment only. */
  void recordStates() {
    script(
        """
        const { documentElement: root } = document;
        const note = () => window.states.push(`${root.dataset.state} ${root.dataset.reason ?? ''}`);
        window.states = [];
        new MutationObserver(note)
            .observe(root, { attributeFilter: ['data-state', 'data-reason'] });
        """);
  }

  /** States since {@link #recordStates}, each with its reason after a blank. */
  List<String> states() {
    return ((List<?>) script("return window.states")).stream().map(String::valueOf).toList();
  }

  void awaitState(String state, Duration limit) {
    Awaitility.await("page state " + state)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                org.assertj.core.api.Assertions.assertThat(state())
                    .as("state; page says: %s", text())
                    .isEqualTo(state));
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /**
   * What a part says as soon as it is seen. What fades in has no opacity in its first frame, and
   * WebDriver reads no text there.
   */
  String textOf(String testId) {
    return Awaitility.await("a text in " + testId)
        .atMost(Patience.of(Duration.ofSeconds(10)))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> byTestId(testId).getText(), text -> !text.isBlank());
  }

  WebElement byTestId(String id) {
    return driver.findElement(By.cssSelector("[data-testid='" + id + "']"));
  }

  WebElement canvas() {
    return driver.findElement(By.cssSelector("#screen canvas"));
  }

  /** Distinct colours among a grid of points of the picture: 1 means that nothing was drawn. */
  long coloursOfPicture() {
    return (Long)
        script(
            """
            const canvas = document.querySelector('#screen canvas');
            if (!canvas || !canvas.width) return 0;
            const { data } = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4 * 7) {
              seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
            }
            return seen.size;
            """);
  }

  void type(String text) {
    canvas().click();
    new Actions(driver).sendKeys(text).perform();
  }

  /** Moves the pointer by so many pixels from the middle of the picture. */
  void movePointer(int right, int down) {
    new Actions(driver).moveToElement(canvas(), right, down).perform();
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** For what only the driver can do, such as several tabs. */
  ChromeDriver driver() {
    return driver;
  }

  /** A call of the DevTools protocol. */
  Map<String, Object> devTools(String method, Map<String, Object> parameters) {
    return driver.executeCdpCommand(method, parameters);
  }

  /** Runs a script before those of each page that is opened from now on. */
  void beforeEachPage(String script) {
    devTools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** Addresses of all requests since the last call, WebSockets too. */
  List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(
            line ->
                line.contains("\"Network.requestWillBeSent\"")
                    || line.contains("\"Network.webSocketCreated\""))
        .flatMap(line -> ADDRESS.matcher(line).results().limit(1))
        .map(found -> found.group(1))
        .toList();
  }

  Set<Cookie> cookies() {
    return driver.manage().getCookies();
  }

  /** The values of all cookies that the browser holds, also those that no script sees. */
  List<String> allCookieValues() {
    Object cookies = driver.executeCdpCommand("Network.getAllCookies", Map.of()).get("cookies");
    return ((List<?>) cookies)
        .stream().map(cookie -> String.valueOf(((Map<?, ?>) cookie).get("value"))).toList();
  }

  /**
   * What a script of the page could read: storage, cookies, source, address, requests made. Not the
   * entry of the navigation itself, in which Chromium keeps the fragment for as long as the page
   * lives; the secret in it is spent by then.
   */
  String readableByScripts() {
    return String.valueOf(
        script(
            """
            const dump = (store) => Object.entries({ ...store }).flat().join('\\n');
            return [document.cookie, dump(localStorage), dump(sessionStorage), location.href,
                    document.documentElement.outerHTML, JSON.stringify(history.state),
                    performance.getEntriesByType('resource').map((e) => e.name).join('\\n')].join('\\n');
            """));
  }

  String consoleLog() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .collect(Collectors.joining("\n"));
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
