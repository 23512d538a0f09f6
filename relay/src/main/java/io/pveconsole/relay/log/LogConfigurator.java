// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import java.util.Map;
import org.slf4j.Logger;

/**
 * What is logged, and where to: {@link JsonLines} on standard output. In code, since a relay would
 * need megabytes for the classes that read a file. Found by Logback as a service.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

  private static final String LEVEL = "PVECONSOLE_LOG_LEVEL";

  private final Map<String, String> environment;

  /** For the service loader. */
  public LogConfigurator() {
    this(System.getenv());
  }

  LogConfigurator(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public ExecutionStatus configure(LoggerContext log) {
    log.getStatusManager().add(LogConfigurator::lost);
    log.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(standardOutput(log));
    levels().forEach((name, level) -> log.getLogger(name).setLevel(level));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** What keeps lines from being written is told where a person may still look. */
  private static void lost(Status status) {
    if (status.getEffectiveLevel() >= Status.WARN) {
      System.err.println(status);
    }
  }

  private Map<String, Level> levels() {
    return Map.of(
        Logger.ROOT_LOGGER_NAME,
        Level.WARN,
        "io.pveconsole",
        Level.toLevel(environment.get(LEVEL), Level.INFO),
        "pveconsole.audit",
        Level.INFO,
        // Said at each start, of our own kinds.
        "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils",
        Level.OFF,
        // Failures are handled where calls are made; this would only repeat them, without words.
        "io.vertx.core.http.impl.HttpClientRequestImpl",
        Level.OFF);
  }

  private static ConsoleAppender<ILoggingEvent> standardOutput(LoggerContext log) {
    JsonLines lines = new JsonLines();
    lines.setContext(log);
    lines.start();
    ConsoleAppender<ILoggingEvent> output = new ConsoleAppender<>();
    output.setContext(log);
    output.setEncoder(lines);
    output.start();
    return output;
  }
}
