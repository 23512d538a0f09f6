// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import java.net.URI;
import java.util.Set;

/**
 * The one origin that browsers use, taken from configuration and never from a request.
 *
 * @param text {@code scheme://host[:port]} as a browser writes it: no default port, lower case
 * @param pathPrefix empty or starting with a slash, without a trailing one
 */
public record PublicOrigin(String text, String pathPrefix) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Normalises a configured URL. Plain http is for loopback only. */
  public static PublicOrigin of(String url, String path) {
    URI uri = URI.create(url);
    String scheme = uri.getScheme();
    String host = uri.getHost();
    boolean https = "https".equalsIgnoreCase(scheme);
    if (host == null || !(https || "http".equalsIgnoreCase(scheme))) {
      throw new IllegalArgumentException("publicUrl must be http(s)://host[:port]");
    }
    String lower = host.toLowerCase(java.util.Locale.ROOT);
    if (!https && !LOOPBACK.contains(lower)) {
      throw new IllegalArgumentException("publicUrl may be plain http on loopback only");
    }
    boolean usual = uri.getPort() < 0 || uri.getPort() == (https ? HTTPS : HTTP);
    String origin = (https ? "https://" : "http://") + lower + (usual ? "" : ":" + uri.getPort());
    return new PublicOrigin(origin, "/".equals(path) ? "" : path);
  }

  /** Whether cookies can be {@code Secure}. */
  public boolean isSecure() {
    return text.startsWith("https:");
  }

  /** Whether HSTS would bind a developer's own machine. */
  public boolean isLoopback() {
    String host = URI.create(text).getHost();
    return host != null && LOOPBACK.contains(host);
  }

  /** The same origin for WebSockets. */
  public String webSocketOrigin() {
    return "ws" + text.substring("http".length());
  }

  /** The path of a session's page, without a trailing slash. */
  public String sessionPath(String session) {
    return pathPrefix + "/c/" + session;
  }
}
