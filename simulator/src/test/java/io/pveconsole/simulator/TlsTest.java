// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.tls.Pem;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts §12, certificates. */
class TlsTest {
  @RegisterExtension final Cluster cluster = new Cluster();

  private X509Certificate leaf() throws Exception {
    try (SSLSocket socket = cluster.http().connect()) {
      assertThat(socket.getSession().getPeerCertificates()).hasSize(1);
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void sendsTheLeafAloneWithProxmoxNames() throws Exception {
    X509Certificate leaf = leaf();
    assertThat(leaf.getSubjectAlternativeNames().stream().map(n -> n.get(1).toString()))
        .containsExactly(
            "127.0.0.1", "0:0:0:0:0:0:0:1", "localhost", "pve1", "pve1.simulator.invalid");
    assertThat(leaf.getIssuerX500Principal().getName())
        .contains("CN=Proxmox Virtual Environment", "O=PVE Cluster Manager CA");
    assertThat(Pem.fingerprint(leaf))
        .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}")
        .isEqualTo(cluster.get().endpoint("pve1").fingerprint());
  }

  @Test
  void passesHostNameVerificationByItsCa() throws Exception {
    try (SSLSocket socket =
        (SSLSocket) Http.trusting(cluster.get().caPem()).getSocketFactory().createSocket()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.2"});
      socket.setSSLParameters(parameters);
      socket.connect(
          new java.net.InetSocketAddress(
              "127.0.0.1", java.net.URI.create(cluster.get().endpoint("pve1").url()).getPort()));
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }
  }

  @Test
  void swapsTheCertificateOnDemand() throws Exception {
    String before = cluster.get().endpoint("pve1").fingerprint();
    cluster.get().faults().on(Fault.CERTIFICATE_SWAP);
    assertThat(Pem.fingerprint(leaf()))
        .isNotEqualTo(before)
        .isEqualTo(cluster.get().endpoint("pve1").fingerprint());

    cluster.get().faults().on(Fault.CERTIFICATE_SWAP, "foreign");
    assertThatThrownBy(this::leaf).isInstanceOf(SSLException.class);

    cluster.get().faults().off(Fault.CERTIFICATE_SWAP);
    assertThat(leaf()).isNotNull();

    cluster.get().faults().on(Fault.CERTIFICATE_SWAP, "next");
    String next = Pem.fingerprint(leaf());
    cluster.get().faults().off(Fault.CERTIFICATE_SWAP);
    assertThat(Pem.fingerprint(leaf())).isNotEqualTo(next);
    cluster.get().faults().on(Fault.CERTIFICATE_SWAP, "next");
    assertThat(Pem.fingerprint(leaf())).isEqualTo(next);
  }
}
