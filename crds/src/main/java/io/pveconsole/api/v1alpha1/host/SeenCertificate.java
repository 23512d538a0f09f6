// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** A certificate as Proxmox showed it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SeenCertificate(
    @JsonPropertyDescription("SHA-256 of the certificate, upper-case hex pairs with colons.")
        @Size(max = 95)
        String fingerprintSha256,
    @JsonPropertyDescription("Its subject.") @Size(max = 512) String subject,
    @JsonPropertyDescription("When it ends, RFC 3339.") @Size(max = 40) String notAfterTime) {}
