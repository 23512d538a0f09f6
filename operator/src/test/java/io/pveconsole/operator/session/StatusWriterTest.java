// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.operator.testing.MockCluster;
import io.pveconsole.operator.testing.Samples;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusWriterTest {

  private final MockCluster cluster = new MockCluster();
  private final ConsoleSessionStatus after =
      Serialization.unmarshal("observedGeneration: 7", ConsoleSessionStatus.class);

  @AfterEach
  void stop() {
    cluster.close();
  }

  private ConsoleSession created() {
    ConsoleSession session = Samples.session("help-alice");
    session.getMetadata().setUid(null);
    session.getMetadata().setCreationTimestamp(null);
    return cluster.create(session);
  }

  @Test
  void saysWhatWasWritten() {
    ConsoleSession session = created();

    Optional<ConsoleSession> written = StatusWriter.write(cluster.client(), session, after);

    assertThat(written.orElseThrow().getStatus().observedGeneration()).isEqualTo(7);
  }

  @Test
  void writesNothingToASessionThatIsGoneByNow() {
    ConsoleSession session = created();
    cluster.client().resource(session).delete();

    assertThat(StatusWriter.write(cluster.client(), session, after)).isEmpty();
  }
}
