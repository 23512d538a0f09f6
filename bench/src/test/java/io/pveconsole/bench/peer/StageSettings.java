// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.pveconsole.simulator.tls.CertificateAuthority;
import io.pveconsole.simulator.tls.NodeCertificate;
import io.pveconsole.simulator.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What the harness gives to a peer: variables, and certificates in files. */
final class StageSettings {

  private StageSettings() {}

  static Map<String, String> given(
      Path directory, String proxmoxCa, String proxmoxUrl, String token) throws IOException {
    CertificateAuthority authority = new CertificateAuthority(Instant.now());
    NodeCertificate front =
        authority.issueFor("relay", InetAddress.getLoopbackAddress(), Instant.now());
    Files.writeString(
        directory.resolve("ca.pem"), Pem.certificate(authority.certificate()) + proxmoxCa);
    Files.writeString(directory.resolve("front.pem"), Pem.certificate(front.leaf()));
    Files.writeString(
        directory.resolve("front.key"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(front.key().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    Map<String, String> given = new HashMap<>();
    given.put("CERTS", directory.toString());
    given.put("SIM_URL", proxmoxUrl);
    given.put("PVE_TOKEN", token);
    given.put("PORT", String.valueOf(freePort()));
    return given;
  }

  /** A port whose neighbour for the management is free too, most likely. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort() > 60_000 ? freePort() : socket.getLocalPort();
    }
  }
}
