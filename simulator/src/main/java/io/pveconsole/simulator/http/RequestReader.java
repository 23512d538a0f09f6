// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads request heads with pveproxy's limits: 64 header lines, 8 KiB of header. */
final class RequestReader {
  private static final int MAX_HEADER_LINES = 64;
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final Pattern REQUEST_LINE = Pattern.compile("(\\S+) (\\S+) HTTP/(\\d+)\\.(\\d+)");
  private static final Pattern HEADER_LINE = Pattern.compile("([^:\\s]+)\\s*:\\s*(.*)");

  private final InputStream in;

  RequestReader(InputStream in) {
    this.in = in;
  }

  /**
   * Blocks for the next head.
   *
   * @throws EOFException when the client is gone
   */
  HttpRequest head() throws IOException, MalformedRequest {
    String first = line(MAX_HEADER_BYTES);
    Matcher start = REQUEST_LINE.matcher(first);
    if (!start.find()) {
      throw new MalformedRequest(506, "unable to parse http request");
    }
    if (!start.group(3).equals("1")) {
      throw new MalformedRequest(
          506, "http protocol version " + start.group(3) + "." + start.group(4) + " not supported");
    }
    Map<String, String> headers = headers();
    String url = start.group(2);
    int mark = url.indexOf('?');
    return new HttpRequest(
        start.group(1),
        UrlEncoded.decode(mark < 0 ? url : url.substring(0, mark)),
        mark < 0 ? null : url.substring(mark + 1),
        "1." + start.group(4),
        headers,
        "");
  }

  String body(int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private Map<String, String> headers() throws IOException, MalformedRequest {
    Map<String, String> headers = new LinkedHashMap<>();
    String last = "";
    int size = 0;
    int count = 0;
    while (true) {
      String line = line(MAX_HEADER_BYTES);
      size += line.length();
      count++;
      if (count >= MAX_HEADER_LINES || size >= MAX_HEADER_BYTES) {
        throw MalformedRequest.unanswered();
      }
      if (line.isEmpty()) {
        return headers;
      }
      Matcher header = HEADER_LINE.matcher(line);
      if (header.matches()) {
        last = header.group(1).toLowerCase(Locale.ROOT);
        headers.merge(last, header.group(2).strip(), (a, b) -> a + ", " + b);
      } else if (Character.isWhitespace(line.charAt(0)) && !last.isEmpty()) {
        headers.merge(last, line.strip(), (a, b) -> a + " " + b);
      } else {
        throw new MalformedRequest(506, "unable to parse request header");
      }
    }
  }

  private String line(int limit) throws IOException, MalformedRequest {
    StringBuilder text = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      if (c == '\n') {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\r') {
          text.setLength(end - 1);
        }
        return new String(
            text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
      if (text.length() >= limit) {
        throw MalformedRequest.unanswered();
      }
      text.append((char) c);
    }
  }
}
