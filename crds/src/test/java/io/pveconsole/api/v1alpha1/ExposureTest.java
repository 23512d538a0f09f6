// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pveconsole.api.v1alpha1.host.Exposure;
import org.junit.jupiter.api.Test;

class ExposureTest {

  @Test
  void takesTheOriginFromTheHostNameUnlessOneIsGiven() throws Exception {
    assertThat(exposure("{}").origin()).isNull();
    assertThat(exposure("{\"hostname\":\"console.example.com\"}").origin())
        .isEqualTo("https://console.example.com");
    assertThat(
            exposure("{\"hostname\":\"a.example.com\",\"publicUrl\":\"http://localhost:8080\"}")
                .origin())
        .isEqualTo("http://localhost:8080");
  }

  @Test
  void givesThePathWithoutTrailingSlash() throws Exception {
    assertThat(exposure("{}").pathPrefix()).isEmpty();
    assertThat(exposure("{\"path\":\"/\"}").pathPrefix()).isEmpty();
    assertThat(exposure("{\"path\":\"/pve7\"}").pathPrefix()).isEqualTo("/pve7");
  }

  private static Exposure exposure(String json) throws Exception {
    return new ObjectMapper().readValue(json, Exposure.class);
  }
}
