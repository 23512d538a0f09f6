// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.operator.testing.Samples;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CookieKeysTest {

  private static final Instant NOW = Samples.NOW;
  private static final Instant DUE = NOW.plus(CookieKeys.ROTATION);

  private final SecureRandom random = new SecureRandom();
  private final CookieKeys first = CookieKeys.first(random, NOW);

  @Test
  void aKeyHas256BitsAndIsNotPrinted() {
    assertThat(Base64.getDecoder().decode(first.current().key())).hasSize(32);
    assertThat(first.current().toString()).doesNotContain(first.current().key());
    assertThat(first.toString()).doesNotContain(first.current().key());
  }

  @Test
  void beforeItsTimeNothingRotates() {
    assertThat(first.rotated(List.of(first.current().kid()), random, DUE.minusSeconds(1)))
        .isEqualTo(first);
  }

  @Test
  void aNewKeyIsAcceptedBeforeItIsUsed() {
    CookieKeys announced = first.rotated(List.of(first.current().kid()), random, DUE);
    assertThat(announced.current()).isEqualTo(first.current());
    assertThat(announced.next()).isNotNull();

    String next = announced.next().kid();
    assertThat(announced.rotated(List.of(next, first.current().kid()), random, DUE))
        .as("one relay has not loaded it")
        .isEqualTo(announced);
    assertThat(announced.rotated(List.of(), random, DUE))
        .as("no relay is there")
        .isEqualTo(announced);

    CookieKeys rotated = announced.rotated(List.of(next, next), random, DUE);
    assertThat(rotated.current().kid()).isEqualTo(next);
    assertThat(rotated.previous()).isEqualTo(first.current());
    assertThat(rotated.next()).isNull();
  }
}
