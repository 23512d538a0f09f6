// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.pveconsole.sandbox.api.Kinds;
import io.pveconsole.sandbox.apply.Manifests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is accepted as it stands. */
@ExtendWith(OnInstalledChart.class)
class ExamplesIT {

  private static final Path EXAMPLES = Rendered.ROOT.resolve("examples");

  static List<Path> examples() {
    return Manifests.filesOf(EXAMPLES);
  }

  @BeforeAll
  static void areNumbered() {
    assertThat(examples())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            file -> assertThat(file.getFileName().toString()).matches("\\d\\d-[a-z-]+\\.yaml"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areAccepted(Path file, InstalledChart chart) {
    String namespace = chart.namespace();
    KubernetesClient admin = chart.admin();
    List<HasMetadata> objects = new Manifests().read(file);
    assertThat(objects).isNotEmpty();
    for (HasMetadata object : objects) {
      admin
          .resource(object)
          .inNamespace(namespace)
          .fieldValidation(FieldValidateable.Validation.STRICT)
          .create();
    }
  }

  @Test
  void letAliceOpenTheGuestsOfTheExample(InstalledChart chart) {
    Team team = Team.on(chart);
    for (String file : List.of("02-host-fingerprint.yaml", "06-who-may.yaml")) {
      new Manifests()
          .read(EXAMPLES.resolve(file))
          .forEach(object -> chart.admin().resource(object).inNamespace(team.namespace()).create());
    }
    team.awaitAllowed("alice", "consoletargets", "pve7.101", "use");
    GenericKubernetesResource session =
        (GenericKubernetesResource)
            new Manifests().read(EXAMPLES.resolve("03-session.yaml")).getFirst();
    GenericKubernetesResource made =
        InstalledChart.kind(chart.as("alice"), Kinds.SESSION, team.namespace())
            .resource(session)
            .create();
    assertThat(Kinds.text(made, "spec", "requestedBy")).contains("alice");
  }

  @Test
  void hashTheirOwnSecretAsTheySay() throws Exception {
    Path file = EXAMPLES.resolve("04-session-own-secret.yaml");
    String secret = "A".repeat(43);
    assertThat(Yaml.text(file)).contains("that of the secret " + secret + ".");
    String hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.US_ASCII)));
    assertThat(Kinds.text(Yaml.documents(file).getFirst(), "spec", "accessTokenSha256"))
        .contains(hash);
  }
}
