// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.ErrorStatus;
import ch.qos.logback.core.status.InfoStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is logged at all. */
class LogConfiguratorTest {

  @Test
  void librariesSpeakFromWarnOnTheRelayFromItsLevelTheAuditAlways() {
    assertThat(levels(Map.of())).containsExactly("WARN", "INFO", "INFO", "OFF");
    assertThat(levels(Map.of("PVECONSOLE_LOG_LEVEL", "debug")))
        .containsExactly("WARN", "DEBUG", "INFO", "OFF");
    assertThat(levels(Map.of("PVECONSOLE_LOG_LEVEL", "error")))
        .containsExactly("WARN", "ERROR", "INFO", "OFF");
    assertThat(levels(Map.of("PVECONSOLE_LOG_LEVEL", "loud")))
        .containsExactly("WARN", "INFO", "INFO", "OFF");
  }

  private static List<String> levels(Map<String, String> environment) {
    LoggerContext log = new LoggerContext();
    new LogConfigurator(environment).configure(log);
    List<String> levels =
        List.of(
                "io.netty.channel",
                "io.pveconsole.relay.Main",
                "pveconsole.audit",
                "io.vertx.core.http.impl.HttpClientRequestImpl")
            .stream()
            .map(name -> log.getLogger(name).getEffectiveLevel().toString())
            .toList();
    log.stop();
    return levels;
  }

  @Test
  void whatKeepsLinesFromBeingWrittenIsToldOnStandardError() {
    LoggerContext log = new LoggerContext();
    new LogConfigurator(Map.of()).configure(log);
    PrintStream usual = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      log.getStatusManager().add(new ErrorStatus("the disk is full", this));
      log.getStatusManager().add(new InfoStatus("all is well", this));
    } finally {
      System.setErr(usual);
      log.stop();
    }

    assertThat(errors.toString(StandardCharsets.UTF_8))
        .contains("the disk is full")
        .doesNotContain("all is well");
  }
}
