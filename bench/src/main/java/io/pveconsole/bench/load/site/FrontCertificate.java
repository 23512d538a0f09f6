// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import io.pveconsole.simulator.tls.CertificateAuthority;
import io.pveconsole.simulator.tls.NodeCertificate;
import io.pveconsole.simulator.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;

/**
 * What the relay and the API server show.
 *
 * @param bundle the CAs of it and of Proxmox
 */
public record FrontCertificate(Path bundle, Path certificate, Path key) {

  /**
   * Makes one for loopback, by a CA of its own.
   *
   * @param proxmoxCa in PEM
   */
  public static FrontCertificate make(Path directory, String proxmoxCa) throws IOException {
    Files.createDirectories(directory);
    CertificateAuthority authority = new CertificateAuthority(Instant.now());
    NodeCertificate front =
        authority.issueFor("relay", InetAddress.getLoopbackAddress(), Instant.now());
    return new FrontCertificate(
        Files.writeString(
            directory.resolve("ca.pem"), Pem.certificate(authority.certificate()) + proxmoxCa),
        Files.writeString(directory.resolve("front.pem"), Pem.certificate(front.leaf())),
        Files.writeString(
            directory.resolve("front.key"),
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(front.key().getEncoded())
                + "\n-----END PRIVATE KEY-----\n"));
  }
}
