// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each benchmark does what its name says. */
class GrantLookupBenchmarkTest {

  private final GrantLookupBenchmark benchmark = new GrantLookupBenchmark();

  @BeforeEach
  void fill() {
    benchmark.fill();
  }

  @Test
  void findsWhatIsThere() {
    assertThat(benchmark.find()).isPresent();
    assertThat(benchmark.findUnknown()).isEmpty();
  }

  @Test
  void judgesAGrantThatIsGood() {
    assertThat(benchmark.findAndJudge()).isEmpty();
  }
}
