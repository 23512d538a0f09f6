// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How browsers reach the consoles of this host. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.type == 'None' || has(self.hostname)",
    message = "hostname is needed with type Ingress or HTTPRoute")
@ValidationRule(
    value = "self.type == 'Ingress' || !has(self.ingress)",
    message = "ingress goes with type Ingress only")
@ValidationRule(
    value = "(self.type == 'HTTPRoute') == has(self.httpRoute)",
    message = "httpRoute is needed with type HTTPRoute, and goes with it only")
@ValidationRule(
    value = "self.type != 'HTTPRoute' || !has(self.tls)",
    message =
        "with type HTTPRoute the certificate belongs to the listener of the Gateway, not to"
            + " exposure.tls")
@ValidationRule(
    value =
        "!has(self.publicUrl) || self.publicUrl.startsWith('https://') ||"
            + " self.publicUrl.matches('^http://(localhost|127[.]0[.]0[.]1|\\\\[::1\\\\])(:[0-9]+)?$')",
    message = "publicUrl must be https, except on localhost, 127.0.0.1 or [::1]")
@ValidationRule(
    value = "!has(self.trustedProxies) || self.trustedProxies.all(n, isCIDR(n))",
    message = "trustedProxies must be networks such as 10.0.0.0/8")
public record Exposure(
    @JsonPropertyDescription("Ingress, HTTPRoute or None.") @Default("None") ExposureType type,
    @JsonPropertyDescription(
            "Public host name. One name is one trust domain: hosts that share it must have one"
                + " owner.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 253)
        String hostname,
    @JsonPropertyDescription("Path below which the consoles are served, without a trailing slash.")
        @Default("/")
        @Pattern("^(/|(/[A-Za-z0-9][A-Za-z0-9._~-]*)+)$")
        @Size(max = 128)
        String path,
    @JsonPropertyDescription(
            "Scheme, host and port that browsers use; default https and the host name. The only"
                + " accepted Origin. Plain http on loopback only.")
        @Pattern("^https?://[^/?#@\\s]+$")
        @Size(max = 300)
        String publicUrl,
    @JsonPropertyDescription("Only with type Ingress.") IngressSettings ingress,
    @JsonPropertyDescription("Only with type HTTPRoute.") HttpRouteSettings httpRoute,
    @JsonPropertyDescription(
            "Certificate of the public address; with HTTPRoute the listener has it.")
        ExposureTls tls,
    @JsonPropertyDescription("Whether relays serve TLS themselves and refuse plain connections.")
        @Default("false")
        Boolean backendTls,
    @JsonPropertyDescription("Annotations of the relays' Service.")
        Map<String, String> serviceAnnotations,
    @JsonPropertyDescription("Networks whose X-Forwarded-For is believed, as CIDR.") @Size(max = 32)
        List<@Size(max = 64) String> trustedProxies,
    @JsonPropertyDescription("Origins that may show the console in a frame.") @Size(max = 16)
        List<@Pattern("^https?://[^/?#@\\s*]+$") @Size(max = 300) String> frameAncestors) {
  /** Fills in what was left out, as the CRD's schema does. */
  public Exposure {
    type = Objects.requireNonNullElse(type, ExposureType.None);
    path = Objects.requireNonNullElse(path, "/");
    backendTls = Objects.requireNonNullElse(backendTls, false);
  }

  /**
   * The address that browsers use, without path.
   *
   * @return null when neither publicUrl nor hostname is given
   */
  public String origin() {
    if (publicUrl != null) {
      return publicUrl;
    }
    return hostname == null ? null : "https://" + hostname;
  }

  /**
   * The path as a prefix.
   *
   * @return empty for the root, never with a trailing slash
   */
  public String pathPrefix() {
    return "/".equals(path) ? "" : path;
  }
}
