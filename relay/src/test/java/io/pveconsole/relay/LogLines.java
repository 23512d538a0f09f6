// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.pveconsole.relay.log.JsonLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What one logger writes while a test runs, as in production. */
public final class LogLines implements AutoCloseable {

  private final Logger logger;
  private final Lines lines = new Lines();

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      events.add(event);
    }
  }

  /** Listens to a logger from now on. */
  public LogLines(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    lines.start();
    logger.addAppender(lines);
  }

  /** The audit log. */
  public static LogLines audit() {
    return new LogLines("pveconsole.audit");
  }

  /** The keys of each line. */
  public List<Map<String, String>> keys() {
    return lines.events.stream().map(LogLines::keys).toList();
  }

  private static Map<String, String> keys(ILoggingEvent event) {
    return Stream.ofNullable(event.getKeyValuePairs())
        .flatMap(List::stream)
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }

  /** The values of a key, line by line. */
  public List<String> values(String key) {
    return keys().stream().map(line -> line.get(key)).toList();
  }

  /** The levels, line by line. */
  public List<String> levels() {
    return lines.events.stream().map(event -> event.getLevel().toString()).toList();
  }

  /** The lines as they are printed. */
  public List<String> printed() {
    return lines.events.stream()
        .map(event -> new String(new JsonLines().encode(event), StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
  }
}
