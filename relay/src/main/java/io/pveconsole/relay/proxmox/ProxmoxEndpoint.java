// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node, or a front end of a node, of a Proxmox cluster.
 *
 * @param url https only; a path is a prefix put before {@code /api2/json}
 * @param serverName name to send and to check in TLS instead of the URL's, null for the settings'
 *     own
 * @param fingerprints when not empty, replaces the settings' trust for this endpoint
 */
public record ProxmoxEndpoint(
    URI url, @Nullable String serverName, List<Fingerprint> fingerprints) {

  private static final int HTTPS_PORT = 443;

  public ProxmoxEndpoint {
    if (!"https".equalsIgnoreCase(url.getScheme())
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("an endpoint is https://host[:port][/prefix]");
    }
    fingerprints = List.copyOf(fingerprints);
  }

  /** An endpoint with no overrides. */
  public static ProxmoxEndpoint of(String url) {
    return new ProxmoxEndpoint(URI.create(url), null, List.of());
  }

  /** Host name or address, an IPv6 address without its brackets. */
  public String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port, 443 when the URL names none. */
  public int port() {
    return url.getPort() < 0 ? HTTPS_PORT : url.getPort();
  }

  /** The path prefix without a trailing slash, often empty. */
  public String prefix() {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
