// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.TlsVersion;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ChaChaFirstTest {

  private static SSLParameters offered(Config config) {
    HttpClient.Builder builder = HttpClient.newBuilder();
    new ChaChaFirst(config).additionalConfig(builder);
    return builder.build().sslParameters();
  }

  @Test
  void offersAllThatJavaOffersWithChaChaBeforeAes() throws Exception {
    String[] suites = offered(Config.empty()).getCipherSuites();
    assertThat(suites)
        .containsExactlyInAnyOrder(
            SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites())
        .startsWith("TLS_CHACHA20_POLY1305_SHA256");
    assertThat(suites).contains("TLS_AES_128_GCM_SHA256");
  }

  @Test
  void offersTheVersionsOfTheConfiguration() {
    Config config = new ConfigBuilder(Config.empty()).withTlsVersions(TlsVersion.TLS_1_3).build();
    assertThat(offered(config).getProtocols()).containsExactly("TLSv1.3");
    assertThat(offered(Config.empty()).getProtocols()).contains("TLSv1.3", "TLSv1.2");
  }
}
