// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** A line of the log, whatever is written. */
class JsonLinesTest {

  private final LoggerContext context = new LoggerContext();

  private LoggingEvent event(String message) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName("io.pveconsole.relay.Relay");
    event.setLevel(Level.WARN);
    event.setMessage(message);
    event.setInstant(Instant.parse("2026-11-22T07:08:09.010203Z"));
    return event;
  }

  private static String line(LoggingEvent event) {
    return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
  }

  private static JsonObject object(LoggingEvent event) {
    String line = line(event);
    assertThat(line).endsWith("}\n");
    assertThat(line.lines()).hasSize(1);
    return new JsonObject(line);
  }

  @Test
  void hasTheFixedKeysAndThoseOfTheEvent() {
    LoggingEvent event = event("host not reached");
    event.setKeyValuePairs(
        List.of(new KeyValuePair("vmid", 100), new KeyValuePair("node", (Object) null)));

    assertThat(line(event))
        .isEqualTo(
            """
            {"time":"2026-11-22T07:08:09.010Z","level":"WARN",\
            "logger":"io.pveconsole.relay.Relay","message":"host not reached",\
            "vmid":"100","node":"null"}
            """);
  }

  @Test
  void aHostileValueStaysInItsLineAndItsKey() {
    LoggingEvent event = event("closed\n{\"forged\":\"line\"}");
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("guest", "a\r\nb\u0000\"\\\ud800ü\u2028"),
            new KeyValuePair("level", "ERROR"),
            new KeyValuePair("error", "x".repeat(JsonLines.MAX_VALUE + 1))));

    JsonObject object = object(event);
    assertThat(object.getString("message")).isEqualTo("closed\n{\"forged\":\"line\"}");
    assertThat(object.getString("guest")).isEqualTo("a\r\nb\u0000\"\\?ü\u2028");
    assertThat(object.getString("level")).isEqualTo("WARN");
    assertThat(object.getString("error")).hasSize(JsonLines.MAX_VALUE + 1).endsWith("x…");
  }

  @Test
  void aFailureIsToldWithItsStack() {
    Throwable failure = new IllegalStateException("no port", new java.io.IOException("refused"));
    LoggingEvent event =
        new LoggingEvent(
            "test", context.getLogger("io.pveconsole.relay"), Level.ERROR, "bug", failure, null);

    JsonObject object = object(event);
    assertThat(object.getString("error")).isEqualTo("no port");
    assertThat(object.getString("stack"))
        .startsWith("java.lang.IllegalStateException: no port")
        .contains("JsonLinesTest.java")
        .contains("Caused by: java.io.IOException: refused");
  }
}
