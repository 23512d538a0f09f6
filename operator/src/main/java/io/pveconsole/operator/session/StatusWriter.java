// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.operator.status.FieldManager;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Writes the status of sessions. */
final class StatusWriter {

  private static final PatchContext STATUS =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(FieldManager.NAME)
          .build();

  private StatusWriter() {}

  /**
   * What was written; empty where the session was deleted in the meantime, which is nobody's fault.
   *
   * @param session the version that was read; no newer one is overwritten
   */
  static Optional<ConsoleSession> write(
      KubernetesClient client, ConsoleSession session, ConsoleSessionStatus after) {
    String patch = MergePatch.of(session, "status", session.getStatus(), after);
    try {
      return Optional.of(client.resource(session).subresource("status").patch(STATUS, patch));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
