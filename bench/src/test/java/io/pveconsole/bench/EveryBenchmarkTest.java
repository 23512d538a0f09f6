// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.proxmox.FrameScannerBenchmark;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH finds and can run every benchmark; once each, in this JVM, so the times mean nothing. */
class EveryBenchmarkTest {

  private static final List<Class<?>> CLASSES =
      List.of(
          AccessCookieBenchmark.class,
          ClientFilterBenchmark.class,
          FrameScannerBenchmark.class,
          GrantLookupBenchmark.class);

  @Test
  void runsOnce() throws RunnerException {
    Options once =
        new OptionsBuilder()
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    assertThat(results.stream().map(result -> result.getParams().getBenchmark()).distinct())
        .containsExactlyInAnyOrderElementsOf(declared());
  }

  private static List<String> declared() {
    return CLASSES.stream()
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(EveryBenchmarkTest::name)
        .toList();
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }
}
