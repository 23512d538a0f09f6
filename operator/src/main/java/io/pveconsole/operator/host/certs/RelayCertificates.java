// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.certs;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.events.Happening;
import io.pveconsole.operator.host.relay.RelayNames;
import io.pveconsole.operator.host.relay.ServingTls;
import io.pveconsole.operator.status.Owners;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes and renews the certificate of relays that serve TLS behind a route. The CA's key is in a
 * Secret that no pod mounts. A new CA is published a month or more before it signs anything new:
 * the certificate in use stays, and is renewed at its own time.
 */
public final class RelayCertificates {

  private static final Duration RENEW_SERVING = Duration.ofDays(30);
  private static final Duration RENEW_CA = Duration.ofDays(365);
  private static final String CA = "ca.crt";
  private static final String CA_KEY = "ca.key";
  private static final String PREVIOUS = "previous.crt";
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  private final OwnedSecrets secrets;
  private final CertificateMaker maker;
  private final Clock clock;

  /** Works with the random source given, which must be a secure one. */
  public RelayCertificates(KubernetesClient client, Clock clock, RandomGenerator random) {
    this.secrets = new OwnedSecrets(client);
    this.maker = new CertificateMaker(random);
    this.clock = clock;
  }

  /**
   * What there is for a host.
   *
   * @param caBundle PEM of all CAs to trust; empty when the host needs none
   * @param foreign Secrets of these names that belong to somebody else, as Kind/name
   * @param happenings what was made anew
   */
  public record Result(
      Optional<String> caBundle, List<String> foreign, List<Happening> happenings) {}

  /**
   * Makes, renews or deletes the Secrets, as the host asks for now.
   *
   * @param published whether the CA of this host is published, so that there is one to be deleted
   */
  public Result ensure(ProxmoxHost host, boolean published) {
    String caName = RelayNames.caConfigMap(host);
    String servingName = RelayNames.servingSecret(host);
    if (!(ServingTls.of(host) instanceof ServingTls.Own)) {
      if (published) {
        secrets.withdraw(host, servingName);
        secrets.withdraw(host, caName);
      }
      return new Result(Optional.empty(), List.of(), List.of());
    }
    Secret ca = secrets.get(host, caName);
    Secret serving = secrets.get(host, servingName);
    List<String> foreign = new ArrayList<>();
    foreign(host, ca).ifPresent(foreign::add);
    foreign(host, serving).ifPresent(foreign::add);
    return foreign.isEmpty()
        ? own(host, ca, serving)
        : new Result(Optional.empty(), foreign, List.of());
  }

  private Result own(ProxmoxHost host, @Nullable Secret ca, @Nullable Secret serving) {
    List<Happening> happenings = new ArrayList<>();
    Instant now = clock.instant();
    Optional<KeyedCertificate> known =
        Pem.keyed(OwnedSecrets.text(ca, CA), OwnedSecrets.text(ca, CA_KEY));
    Optional<X509Certificate> previous =
        Pem.certificate(OwnedSecrets.text(ca, PREVIOUS))
            .filter(old -> old.getNotAfter().toInstant().isAfter(now));
    KeyedCertificate authority = known.orElseGet(() -> newAuthority(host, now));
    if (known.isEmpty()) {
      writeAuthority(host, ca, authority, previous);
    }
    List<X509Certificate> trusted = new ArrayList<>(List.of(authority.certificate()));
    previous.ifPresent(trusted::add);
    if (!isGood(serving, ServingName.of(host), trusted, now)) {
      happenings.add(writeServing(host, serving, authority, now));
    }
    if (authority.endsWithin(RENEW_CA, now)) {
      KeyedCertificate next = newAuthority(host, now);
      writeAuthority(host, ca, next, Optional.of(authority.certificate()));
      trusted = List.of(next.certificate(), authority.certificate());
    }
    String bundle = trusted.stream().map(Pem::of).collect(Collectors.joining());
    return new Result(Optional.of(bundle), List.of(), happenings);
  }

  private KeyedCertificate newAuthority(ProxmoxHost host, Instant now) {
    return maker.authority("pveconsole " + host.getMetadata().getName(), now);
  }

  private void writeAuthority(
      ProxmoxHost host,
      @Nullable Secret existing,
      KeyedCertificate authority,
      Optional<X509Certificate> previous) {
    Map<String, String> data = new TreeMap<>();
    data.put(CA, Pem.of(authority.certificate()));
    data.put(CA_KEY, Pem.keyOf(authority));
    previous.ifPresent(old -> data.put(PREVIOUS, Pem.of(old)));
    secrets.write(host, RelayNames.caConfigMap(host), "Opaque", existing, data);
  }

  private Happening writeServing(
      ProxmoxHost host, @Nullable Secret existing, KeyedCertificate authority, Instant now) {
    KeyedCertificate made = maker.serving(authority, ServingName.of(host), now);
    Map<String, String> data =
        Map.of(
            CERTIFICATE, Pem.of(made.certificate()),
            KEY, Pem.keyOf(made),
            CA, Pem.of(authority.certificate()));
    secrets.write(host, RelayNames.servingSecret(host), "kubernetes.io/tls", existing, data);
    return Happening.normal(
        HostReason.CertificateIssued.name(),
        "Relays have a new certificate, valid until "
            + made.certificate().getNotAfter().toInstant()
            + "; its CA is in ConfigMap "
            + RelayNames.caConfigMap(host)
            + ".",
        RelayNames.servingSecret(host));
  }

  private static boolean isGood(
      @Nullable Secret serving,
      Set<ServingName> names,
      Collection<X509Certificate> trusted,
      Instant now) {
    return Pem.keyed(OwnedSecrets.text(serving, CERTIFICATE), OwnedSecrets.text(serving, KEY))
        .filter(found -> !found.endsWithin(RENEW_SERVING, now))
        .filter(found -> carries(found.certificate(), names))
        .filter(found -> trusted.stream().anyMatch(ca -> signed(ca, found.certificate())))
        .isPresent();
  }

  private static boolean carries(X509Certificate certificate, Set<ServingName> names) {
    try {
      var found = certificate.getSubjectAlternativeNames();
      Set<String> texts =
          found == null
              ? Set.of()
              : found.stream()
                  .map(entry -> String.valueOf(entry.get(1)))
                  .collect(Collectors.toSet());
      return names.stream().map(ServingName::text).allMatch(texts::contains);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean signed(X509Certificate ca, X509Certificate certificate) {
    try {
      certificate.verify(ca.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<String> foreign(ProxmoxHost host, @Nullable Secret secret) {
    return secret == null || Owners.owns(host, secret)
        ? Optional.empty()
        : Optional.of("Secret/" + secret.getMetadata().getName());
  }
}
