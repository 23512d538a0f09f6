// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.certmanager;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the certificate is for.
 *
 * @param secretName where cert-manager puts it
 * @param dnsNames null with an address instead
 * @param ipAddresses null with a name instead
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CertificateSpec(
    String secretName,
    @Nullable List<String> dnsNames,
    @Nullable List<String> ipAddresses,
    Issuer issuerRef,
    PrivateKey privateKey,
    List<String> usages) {

  /** Who signs it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Issuer(String name, String kind, String group) {}

  /** What its key is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PrivateKey(String algorithm, int size, String rotationPolicy) {}
}
