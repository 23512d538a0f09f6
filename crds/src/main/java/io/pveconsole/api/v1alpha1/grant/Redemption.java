// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.grant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The one use of the link. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Redemption(
    @JsonPropertyDescription("Hash of the nonce of the page that used it.")
        @Required
        @Size(max = 64)
        String nonceSha256,
    @JsonPropertyDescription("When, RFC 3339.") @Required @Size(max = 40) String time) {}
