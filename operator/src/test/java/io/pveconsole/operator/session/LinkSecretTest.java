// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.TerminationReason;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkSecretTest {

  @Test
  void has43CharactersAndIsNotPrinted() {
    LinkSecret secret = LinkSecret.make(new SecureRandom());
    assertThat(secret.token()).matches("[A-Za-z0-9_-]{43}");
    assertThat(secret.sha256()).matches("[0-9a-f]{64}");
    assertThat(secret.toString()).doesNotContain(secret.token());
  }

  @ParameterizedTest
  @EnumSource(TerminationReason.class)
  void eachEndIsAReasonWithAMessage(TerminationReason reason) {
    assertThat(SessionReason.valueOf(reason.name())).isNotNull();
    assertThat(EndMessages.of(reason)).endsWith(".");
  }
}
