// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers that every answer of the public port carries. */
public final class SecurityHeaders {

  private SecurityHeaders() {}

  /**
   * The headers for one origin.
   *
   * @param frameAncestors origins that may embed the page; none when empty
   */
  public static Map<String, String> of(PublicOrigin origin, List<String> frameAncestors) {
    String ancestors = frameAncestors.isEmpty() ? "'none'" : String.join(" ", frameAncestors);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
            + " font-src 'self'; connect-src 'self' "
            + origin.webSocketOrigin()
            + "; base-uri 'none'; form-action 'none'; frame-ancestors "
            + ancestors);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    if (frameAncestors.isEmpty()) {
      headers.put("X-Frame-Options", "DENY");
    }
    if (origin.isSecure() && !origin.isLoopback()) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return Map.copyOf(headers);
  }
}
