// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The headers that every answer of the public port carries. */
public final class SecurityHeaders {

  /** Nothing that could end the directive or begin another policy. */
  private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+");

  private SecurityHeaders() {}

  /**
   * The headers for one origin.
   *
   * @param frameAncestors origins that may embed the page; what is no origin counts for nothing
   */
  public static Map<String, String> of(PublicOrigin origin, List<String> frameAncestors) {
    List<String> parents =
        frameAncestors.stream().filter(text -> ORIGIN.matcher(text).matches()).toList();
    String ancestors = parents.isEmpty() ? "'none'" : String.join(" ", parents);
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
    if (parents.isEmpty()) {
      headers.put("X-Frame-Options", "DENY");
    }
    if (origin.isSecure() && !origin.isLoopback()) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return Map.copyOf(headers);
  }
}
