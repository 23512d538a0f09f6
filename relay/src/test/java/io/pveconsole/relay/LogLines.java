// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/** What one logger writes while a test runs, as in production. */
public final class LogLines implements AutoCloseable {

  private final Logger logger;
  private final Lines lines = new Lines();

  private static final class Lines extends AbstractAppender {
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();

    Lines() {
      super("captured lines " + UUID.randomUUID(), null, null, true, Property.EMPTY_ARRAY);
      start();
    }

    @Override
    public void append(LogEvent event) {
      events.add(event.toImmutable());
    }
  }

  /** Listens to a logger from now on. */
  public LogLines(String name) {
    logger = (Logger) LogManager.getLogger(name);
    logger.addAppender(lines);
  }

  /** The audit log. */
  public static LogLines audit() {
    return new LogLines("pveconsole.audit");
  }

  /** The keys of each line. */
  public List<Map<String, String>> keys() {
    return lines.events.stream().map(event -> event.getContextData().toMap()).toList();
  }

  /** The values of a key, line by line. */
  public List<String> values(String key) {
    return keys().stream().map(line -> line.get(key)).toList();
  }

  /** The lines as they are printed. */
  public List<String> printed() {
    JsonTemplateLayout layout =
        JsonTemplateLayout.newBuilder()
            .setConfiguration(logger.getContext().getConfiguration())
            .setEventTemplateUri("classpath:log-template.json")
            .build();
    return lines.events.stream().map(layout::toSerializable).toList();
  }

  @Override
  public void close() {
    logger.removeAppender(lines);
  }
}
