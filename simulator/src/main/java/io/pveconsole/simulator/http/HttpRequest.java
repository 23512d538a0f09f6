// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request. Header names are in lower case; {@code query} is undecoded, without the question
 * mark. Carries credentials, so it never prints them.
 */
public record HttpRequest(
    String method,
    String path,
    @Nullable String query,
    String version,
    Map<String, String> headers,
    String body) {

  /** A header's value, by its lower-case name. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  HttpRequest withBody(String read) {
    return new HttpRequest(method, path, query, version, headers, read);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
