// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each benchmark does what its name says. */
class AccessCookieBenchmarkTest {

  private final AccessCookieBenchmark benchmark = new AccessCookieBenchmark();

  @Test
  void opensTheGoodOne() {
    assertThat(benchmark.open()).contains(benchmark.claims());
  }

  @Test
  void refusesTheForgedOne() {
    assertThat(benchmark.refuseForged()).isEmpty();
  }

  @Test
  void issuesBoth() {
    assertThat(benchmark.issue()).hasSize(2).doesNotHaveDuplicates();
  }
}
