// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.grants.Grants;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay as the kubelet sees it: a process, its log, its signals. */
class RelayProcessTest {

  private static final int DRAIN_SECONDS = 6;
  private static final int CONSOLES = 5;
  private static final Duration AFTER_DRAIN = Duration.ofSeconds(11);

  @TempDir Path directory;
  private ApiRelay world;

  @BeforeEach
  void prepare() throws Exception {
    world = new ApiRelay(directory, DRAIN_SECONDS, 300);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void sigtermClosesEachConsoleInItsTimeAndTheProcessEndsWell() throws Exception {
    try (RelayProcess relay = new RelayProcess(world, Map.of())) {
      List<Browser> browsers = ApiRelay.sessions(CONSOLES).stream().map(world::signedIn).toList();
      List<ConsoleSocket> sockets = browsers.stream().map(Browser::open).toList();
      sockets.forEach(ConsoleSocket::handshake);
      Browser late = world.signedIn(ApiRelay.SESSION);
      Instant asked = Instant.now();
      relay.sigterm();
      Awaitility.await("not ready").until(() -> relay.get("/readyz") == 503);
      assertThat(relay.body("/readyz")).isEqualTo("stopping\n");
      relay.sigterm();
      Duration first = whenClosed(sockets, 1, asked);
      assertThat(refused(late)).as("no new console").isEqualTo(503);
      Duration last = whenClosed(sockets, CONSOLES, asked);
      assertThat(last.minus(first))
          .as("spread")
          .isGreaterThan(Duration.ofSeconds(DRAIN_SECONDS / 2));
      sockets.forEach(socket -> assertThat(socket.closeCode()).isEqualTo(4112));

      assertThat(relay.exitCode(AFTER_DRAIN)).isZero();
      assertThat(Duration.between(asked, Instant.now()))
          .isLessThan(Duration.ofSeconds(DRAIN_SECONDS).plus(AFTER_DRAIN));
      ApiRelay.sessions(CONSOLES)
          .forEach(session -> assertThat(world.status(session, "viewer")).isNull());
      Awaitility.await("the last line")
          .until(() -> relay.output().getLast().matches(".*\"stopped\".*\"drained\":\"true\".*"));
    }
  }

  private static Duration whenClosed(List<ConsoleSocket> sockets, int count, Instant since) {
    Awaitility.await(count + " closed")
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(DRAIN_SECONDS).plus(AFTER_DRAIN))
        .until(() -> sockets.stream().filter(ConsoleSocket::isClosed).count() >= count);
    return Duration.between(since, Instant.now());
  }

  private static int refused(Browser browser) throws Exception {
    try {
      browser.connect(browser.origin(), List.of("pveconsole.v1")).await(20, TimeUnit.SECONDS);
      return 101;
    } catch (UpgradeRejectedException e) {
      return e.getStatus();
    }
  }

  @Test
  void eachOfTheDoctorsStepsHasItsOwnTime() throws Exception {
    try (RelayProcess relay = new RelayProcess(world, Map.of())) {
      ConsoleSocket socket = world.signedIn(ApiRelay.SESSION).open();
      socket.handshake();
      List<JsonObject> passed =
          socket.controls().stream()
              .filter(m -> "step".equals(m.getString("t")) && "ok".equals(m.getString("state")))
              .toList();
      assertThat(passed)
          .extracting(m -> m.getString("step"))
          .contains("dns", "tcp", "tls", "auth", "privilege", "guest", "ticket", "port", "rfb");
      assertThat(passed).allSatisfy(m -> assertThat(m.getLong("ms")).isNotNegative());
      assertThat(relay.body("/metrics"))
          .contains("pveconsole_open_step_seconds_count{", "step=\"tcp\"");
    }
  }

  @Test
  void everyLineOfAWholeRunIsJsonWithKeysThatAreDocumented() throws Exception {
    Map<String, String> verbose = Map.of("PVECONSOLE_LOG_LEVEL", "debug");
    List<String> lines;
    List<String> errors;
    try (RelayProcess relay = new RelayProcess(world, verbose)) {
      Browser browser = world.signedIn(ApiRelay.SESSION);
      ConsoleSocket socket = browser.open();
      socket.handshake();
      browser.redeem("wrong".repeat(9).substring(0, 43), Grants.NONCE);
      browser.redeem(Grants.SECRET, Grants.OTHER_NONCE);
      browser.post("end", new JsonObject());
      assertThat(socket.closeCode()).isEqualTo(4004);
      world.api.delete("consolegrants", ApiRelay.SESSION);
      relay.sigterm();
      assertThat(relay.exitCode(AFTER_DRAIN)).isZero();
      lines = relay.output();
      errors = relay.errors();
    }

    Set<String> keys = new TreeSet<>();
    for (String line : lines) {
      JsonObject parsed = new JsonObject(line);
      assertThat(parsed.fieldNames()).contains("time", "level", "logger", "message");
      assertThat(Instant.parse(parsed.getString("time"))).isAfter(Instant.now().minusSeconds(600));
      keys.addAll(parsed.fieldNames());
    }
    assertThat(documented("docs/logs.md")).containsAll(keys);
    assertThat(lines)
        .as("the audit log")
        .anyMatch(line -> line.contains("\"pveconsole.audit\"") && line.contains("\"opening\""))
        .anyMatch(line -> line.contains("\"pveconsole.audit\"") && line.contains("\"closed\""));
    assertThat(errors).as("standard error").isEmpty();
  }

  private static Set<String> documented(String file) throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("docs")) ? here : here.getParent();
    Set<String> names = new TreeSet<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `([A-Za-z]+)`").matcher(Files.readString(root.resolve(file)));
    while (row.find()) {
      names.add(row.group(1));
    }
    return names;
  }
}
