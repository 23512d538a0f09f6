// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.api.v1alpha1.host.IssuerRef;
import io.pveconsole.operator.certmanager.Certificate;
import io.pveconsole.operator.certmanager.CertificateSpec;
import java.util.List;
import java.util.Optional;

/** Asks cert-manager for the certificate of the public address, where an issuer is named. */
final class RelayCertificate implements OwnedObject<Certificate> {

  private static final String GROUP = "cert-manager.io";
  private static final CertificateSpec.PrivateKey KEY =
      new CertificateSpec.PrivateKey("ECDSA", 256, "Always");

  @Override
  public Class<Certificate> type() {
    return Certificate.class;
  }

  @Override
  public Optional<OptionalApi> needs() {
    return Optional.of(OptionalApi.CERTIFICATE);
  }

  @Override
  public Optional<Certificate> desired(RelayPlan plan) {
    ProxmoxHost host = plan.host();
    if (!plan.facts().routed()) {
      return Optional.empty();
    }
    return issuer(host)
        .flatMap(
            issuer ->
                PublicName.of(host.getSpec().exposure())
                    .map(
                        name ->
                            new Certificate(
                                RelayMetadata.of(host, name(host)), spec(host, issuer, name))));
  }

  /** The issuer that the host names. */
  static Optional<IssuerRef> issuer(ProxmoxHost host) {
    var tls = host.getSpec().exposure().tls();
    return tls == null ? Optional.empty() : Optional.ofNullable(tls.issuerRef());
  }

  private static CertificateSpec spec(ProxmoxHost host, IssuerRef issuer, PublicName name) {
    boolean inRelay = host.getSpec().exposure().type() == ExposureType.None;
    return new CertificateSpec(
        inRelay ? RelayNames.servingSecret(host) : RelayNames.publicCertificate(host),
        name.isAddress() ? null : List.of(name.text()),
        name.isAddress() ? List.of(name.text()) : null,
        new CertificateSpec.Issuer(issuer.name(), issuer.kind(), GROUP),
        KEY,
        List.of("digital signature", "server auth"));
  }
}
