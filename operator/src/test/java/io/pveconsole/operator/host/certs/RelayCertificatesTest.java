// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.events.Happening;
import io.pveconsole.operator.testing.MockCluster;
import io.pveconsole.operator.testing.MutableClock;
import io.pveconsole.operator.testing.Samples;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayCertificatesTest {

  private final MockCluster cluster = new MockCluster();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private final RelayCertificates certificates =
      new RelayCertificates(cluster.client(), clock, new SecureRandom());
  private final ProxmoxHost host = exposed("pve.example.com");

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static ProxmoxHost exposed(String name) {
    ProxmoxHost host = Samples.host("pve");
    String yaml = "type: Ingress\nbackendTls: true\nhostname: " + name;
    return Samples.withExposure(host, yaml);
  }

  private Secret secret(String name) {
    return cluster.client().secrets().inNamespace(Samples.NAMESPACE).withName(name).get();
  }

  private String serving() {
    return OwnedSecrets.text(secret("pve-relay-tls"), "tls.crt");
  }

  private static List<X509Certificate> read(String pem) throws Exception {
    Collection<?> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    List<X509Certificate> all = new ArrayList<>();
    found.forEach(certificate -> all.add((X509Certificate) certificate));
    return all;
  }

  /** As a TLS client does; the test's clock is not the machine's, so dates are checked apart. */
  private static void assertTrusted(String bundle, String leaf) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    for (X509Certificate ca : read(bundle)) {
      assertThat(ca.getBasicConstraints()).isZero();
      store.setCertificateEntry(ca.getSerialNumber().toString(), ca);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
    X509Certificate[] chain = read(leaf).toArray(X509Certificate[]::new);
    assertThat(manager.getAcceptedIssuers()).isNotEmpty();
    assertThat(chain[0].getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(read(bundle)).anySatisfy(ca -> assertVerifies(chain[0], ca));
  }

  private static void assertVerifies(X509Certificate leaf, X509Certificate ca) {
    assertThat(leaf.getIssuerX500Principal()).isEqualTo(ca.getSubjectX500Principal());
    assertThatCode(() -> leaf.verify(ca.getPublicKey())).doesNotThrowAnyException();
  }

  @Test
  void areMadeOnceAndTrustedByTheBundle() throws Exception {
    String bundle = certificates.ensure(host, false).caBundle().orElseThrow();
    assertTrusted(bundle, serving());
    X509Certificate leaf = read(serving()).get(0);
    leaf.checkValidity(Date.from(Samples.NOW));
    assertThat(leaf.getNotAfter().toInstant()).isEqualTo(Samples.NOW.plus(Duration.ofDays(90)));
    assertThat(leaf.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly(
            "pve-relay",
            "pve-relay.consoles",
            "pve-relay.consoles.svc",
            "pve-relay.consoles.svc.cluster.local",
            "pve.example.com");
    assertThat(secret("pve-relay-tls").getType()).isEqualTo("kubernetes.io/tls");
    assertThat(secret("pve-relay-tls").getData()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
    assertThat(secret("pve-relay-tls").getMetadata().getAnnotations())
        .containsEntry("pveconsole.io/self-signed", "true");
    assertThat(bundle).doesNotContain("PRIVATE");

    List<String> writes = cluster.writes();
    assertThat(certificates.ensure(host, true).caBundle()).contains(bundle);
    assertThat(cluster.writes()).isEqualTo(writes);
  }

  @Test
  void theServingOneIsRenewedAMonthBeforeItsEndByTheSameCa() {
    String bundle = certificates.ensure(host, false).caBundle().orElseThrow();
    String first = serving();
    clock.advance(Duration.ofDays(59));
    certificates.ensure(host, true);
    assertThat(serving()).isEqualTo(first);
    clock.advance(Duration.ofDays(2));
    RelayCertificates.Result renewed = certificates.ensure(host, true);
    assertThat(renewed.caBundle()).contains(bundle);
    assertThat(renewed.happenings())
        .extracting(Happening::reason)
        .containsExactly("CertificateIssued");
    assertThat(serving()).isNotEqualTo(first);
    assertThat(certificates.ensure(host, true).happenings()).isEmpty();
  }

  @Test
  void aNewCaIsPublishedLongBeforeItSigns() throws Exception {
    certificates.ensure(host, false);
    clock.advance(Duration.ofDays(3650 - 364));
    String both = certificates.ensure(host, true).caBundle().orElseThrow();
    assertThat(read(both)).hasSize(2);
    String byTheOld = serving();
    assertVerifies(read(byTheOld).get(0), read(both).get(1));
    assertThat(certificates.ensure(host, true).caBundle()).contains(both);
    assertThat(serving()).isEqualTo(byTheOld);

    clock.advance(Duration.ofDays(61));
    assertThat(certificates.ensure(host, true).caBundle()).contains(both);
    assertVerifies(read(serving()).get(0), read(both).get(0));

    clock.advance(Duration.ofDays(365));
    assertThat(read(certificates.ensure(host, true).caBundle().orElseThrow()))
        .as("the old CA has ended")
        .containsExactly(read(both).get(0));
  }

  @Test
  void anotherNameAndABrokenSecretAreReasonsForANewOne() {
    certificates.ensure(host, false);
    String first = serving();
    certificates.ensure(exposed("other.example.com"), true);
    String second = serving();
    assertThat(second).isNotEqualTo(first);
    Secret broken = secret("pve-relay-tls");
    broken.getData().put("tls.key", "bm8=");
    cluster.client().resource(broken).update();
    certificates.ensure(exposed("other.example.com"), true);
    assertThat(serving()).isNotEqualTo(second);
  }

  @Test
  void anAddressIsNotMadeAnewInEachPass() {
    ProxmoxHost atAddress =
        Samples.withExposure(
            Samples.host("pve"), "publicUrl: \"https://[2001:db8::7]:8443\"\nbackendTls: true");
    certificates.ensure(atAddress, false);
    String first = serving();
    certificates.ensure(atAddress, true);
    assertThat(serving()).isEqualTo(first);
  }

  @Test
  void whatIsNoLongerAskedForIsDeletedAndWhatIsForeignStays() {
    certificates.ensure(host, false);
    assertThat(certificates.ensure(Samples.host("pve"), true).caBundle()).isEmpty();
    assertThat(secret("pve-relay-tls")).isNull();
    assertThat(secret("pve-relay-ca")).isNull();

    cluster.create(
        new SecretBuilder()
            .withNewMetadata()
            .withName("pve-relay-tls")
            .withNamespace(Samples.NAMESPACE)
            .endMetadata()
            .withData(Map.of("tls.crt", "bm8="))
            .build());
    assertThat(certificates.ensure(host, false).foreign()).containsExactly("Secret/pve-relay-tls");
    certificates.ensure(Samples.host("pve"), true);
    assertThat(secret("pve-relay-tls").getData()).containsEntry("tls.crt", "bm8=");
  }

  @Test
  void keysAreNotPrinted() {
    KeyedCertificate made =
        new CertificateMaker(new SecureRandom()).authority("pveconsole x", Samples.NOW);
    assertThat(made).hasToString("KeyedCertificate(CN=pveconsole x)");
  }
}
