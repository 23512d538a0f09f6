// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Certificate of the public address. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.secretName) != has(self.issuerRef)",
    message = "give exactly one of secretName and issuerRef")
public record ExposureTls(
    @JsonPropertyDescription("A kubernetes.io/tls Secret of this namespace.") @Size(max = 253)
        String secretName,
    @JsonPropertyDescription("cert-manager issuer that makes the certificate.")
        IssuerRef issuerRef) {}
