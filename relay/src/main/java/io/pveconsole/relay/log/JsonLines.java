// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line, all values strings; the keys are those of docs/logs.md. A key that an
 * event has for itself does not hide one that every line has. Any thread.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

  /** Characters of one value; guests, servers and browsers have a say in some. */
  static final int MAX_VALUE = 16 * 1024;

  private static final byte[] NOTHING = new byte[0];
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JsonFactory json = new JsonFactory();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringWriter line = new StringWriter(512);
    try (JsonGenerator object = json.createGenerator(line)) {
      object.writeStartObject();
      for (Map.Entry<String, String> value : values(event).entrySet()) {
        object.writeStringField(value.getKey(), bounded(value.getValue()));
      }
      object.writeEndObject();
      object.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> values(ILoggingEvent event) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    values.put("level", event.getLevel().toString());
    values.put("logger", event.getLoggerName());
    values.put("message", String.valueOf(event.getFormattedMessage()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        values.putIfAbsent(pair.key, String.valueOf(pair.value));
      }
    }
    if (event.getThrowableProxy() instanceof ThrowableProxy thrown) {
      values.putIfAbsent("error", String.valueOf(thrown.getThrowable().getMessage()));
      values.putIfAbsent("stack", stack(thrown.getThrowable()));
    }
    return values;
  }

  private static String stack(Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    return stack.toString();
  }

  private static String bounded(String value) {
    return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + '…';
  }
}
