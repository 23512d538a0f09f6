// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The parameter parser of pveproxy: splits at {@code &} and {@code ;}, then at <em>every</em>
 * {@code =}, of which only the first two parts count; {@code +} is a space.
 */
public final class UrlEncoded {
  private UrlEncoded() {}

  /** Parses a query or a form body. */
  public static Map<String, String> parse(@Nullable String text) {
    Map<String, String> out = new LinkedHashMap<>();
    if (text == null) {
      return out;
    }
    StringTokenizer pairs = new StringTokenizer(text, "&;");
    while (pairs.hasMoreTokens()) {
      String pair = pairs.nextToken();
      int first = pair.indexOf('=');
      if (first < 0) {
        out.put(decode(pair.replace('+', ' ')), "");
        continue;
      }
      int second = pair.indexOf('=', first + 1);
      String value = pair.substring(first + 1, second < 0 ? pair.length() : second);
      out.put(decode(pair.substring(0, first).replace('+', ' ')), decode(value.replace('+', ' ')));
    }
    return out;
  }

  /** Percent-decodes; a {@code %} that starts no escape stays as it is. */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (raw[i] == '%' && high >= 0 && low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(raw[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
