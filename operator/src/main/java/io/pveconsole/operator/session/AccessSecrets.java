// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.operator.status.Owners;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The Secrets that hold links: created once, never applied over, deleted when of no more use. */
public final class AccessSecrets {

  private static final String TOKEN = "token";
  private static final String URL = "url";

  private final KubernetesClient client;
  private final RandomGenerator random;

  /** Works with the random source given, which must be a secure one. */
  public AccessSecrets(KubernetesClient client, RandomGenerator random) {
    this.client = client;
    this.random = random;
  }

  static String name(ConsoleSession session) {
    return session.getMetadata().getName() + "-access";
  }

  static OwnerReference owner(ConsoleSession session) {
    return new OwnerReferenceBuilder()
        .withApiVersion(session.getApiVersion())
        .withKind(session.getKind())
        .withName(session.getMetadata().getName())
        .withUid(session.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }

  /** Finds the Secret made before, or makes it; empty when the name is somebody else's. */
  Optional<LinkSecret> ensure(ConsoleSession session, String address) {
    LinkSecret made = LinkSecret.make(random);
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name(session))
            .withNamespace(session.getMetadata().getNamespace())
            .withOwnerReferences(owner(session))
            .endMetadata()
            .withType(Api.ACCESS_SECRET_TYPE)
            .withData(Map.of(TOKEN, encoded(made.token()), URL, encoded(made.link(address))))
            .build();
    try {
      client.resource(secret).create();
      return Optional.of(made);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return existing(session);
    }
  }

  /** Deletes it where it is ours. */
  void delete(ConsoleSession session) {
    Secret secret = at(session).get();
    if (secret != null && Owners.owns(session, secret)) {
      at(session).delete();
    }
  }

  private Optional<LinkSecret> existing(ConsoleSession session) {
    return Optional.ofNullable(at(session).get())
        .filter(secret -> Owners.owns(session, secret))
        .flatMap(secret -> Optional.ofNullable(secret.getData()))
        .flatMap(data -> Optional.ofNullable(data.get(TOKEN)))
        .map(token -> new LinkSecret(decoded(token)));
  }

  private Resource<Secret> at(ConsoleSession session) {
    return client
        .secrets()
        .inNamespace(session.getMetadata().getNamespace())
        .withName(name(session));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.US_ASCII);
  }
}
