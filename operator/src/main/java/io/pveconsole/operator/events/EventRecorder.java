// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.operator.status.FieldManager;
import io.pveconsole.operator.status.Times;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events; one that cannot be written is logged and does not hold anything up. */
public final class EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int MAX_MESSAGE = 1024;

  private final KubernetesClient client;
  private final Clock clock;

  /** Writes through that client. */
  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Writes them about the object. */
  public void record(HasMetadata about, List<Happening> happenings) {
    happenings.forEach(happening -> write(about, happening));
  }

  private void write(HasMetadata about, Happening happening) {
    String now = Times.text(clock.instant());
    var metadata = about.getMetadata();
    try {
      client
          .v1()
          .events()
          .inNamespace(metadata.getNamespace())
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withName(name(about, happening, now))
                  .withNamespace(metadata.getNamespace())
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withApiVersion(about.getApiVersion())
                  .withKind(about.getKind())
                  .withName(metadata.getName())
                  .withNamespace(metadata.getNamespace())
                  .withUid(metadata.getUid())
                  .endInvolvedObject()
                  .withType(happening.type())
                  .withReason(happening.reason())
                  .withMessage(shortened(happening.message()))
                  .withReportingComponent(FieldManager.NAME)
                  .withReportingInstance(FieldManager.NAME)
                  .withNewSource()
                  .withComponent(FieldManager.NAME)
                  .endSource()
                  .withFirstTimestamp(now)
                  .withLastTimestamp(now)
                  .withCount(1)
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.atWarn()
            .addKeyValue("namespace", metadata.getNamespace())
            .addKeyValue("name", metadata.getName())
            .addKeyValue("status", e.getCode())
            .log("an Event could not be written");
      }
    }
  }

  /** The same happening in the same second has the same name, so a repeated pass adds none. */
  private static String name(HasMetadata about, Happening happening, String now) {
    int hash =
        Objects.hash(about.getMetadata().getUid(), happening.reason(), happening.about(), now);
    return about.getMetadata().getName() + "." + String.format(Locale.ROOT, "%08x", hash);
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }
}
