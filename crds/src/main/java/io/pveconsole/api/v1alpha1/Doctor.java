// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The last finding on the way to Proxmox: which step, and how it went. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Doctor(
    @JsonPropertyDescription("The step that this is about.") DoctorStep step,
    @JsonPropertyDescription("One word for programs.") @Size(max = 64) String reason,
    @JsonPropertyDescription("For admins: what failed and the command that cures it.")
        @Size(max = 1024)
        String message,
    @JsonPropertyDescription("When it was found, RFC 3339.") @Size(max = 40) String time) {

  /** The reason of a finding that is no failure: the console was opened. */
  public static final String CONNECTED = "Connected";

  /**
   * Whether the last try to open the console failed.
   *
   * @return false also while nothing was found
   */
  public boolean failed() {
    return reason != null && !reason.equals(CONNECTED);
  }
}
