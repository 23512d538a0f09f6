// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processor time that this test and all that it started have used until now, by program. */
record CpuTimes(Map<String, Duration> byProgram) {

  static CpuTimes now(OperatorProcess operator) {
    Map<String, Duration> times = new TreeMap<>();
    ProcessHandle self = ProcessHandle.current();
    Stream.concat(Stream.of(self), self.descendants())
        .forEach(
            process ->
                process
                    .info()
                    .totalCpuDuration()
                    .ifPresent(time -> times.merge(name(process, operator), time, Duration::plus)));
    return new CpuTimes(times);
  }

  private static String name(ProcessHandle process, OperatorProcess operator) {
    if (process.pid() == ProcessHandle.current().pid()) {
      return "test";
    }
    return process.pid() == operator.pid()
        ? "operator"
        : process
            .info()
            .command()
            .map(Path::of)
            .map(Path::getFileName)
            .map(Path::toString)
            .orElse("others");
  }

  /** What was used since then, each session, in order of programs. */
  String since(CpuTimes before, int sessions) {
    return byProgram.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().minus(before.of(entry.getKey()))))
        .filter(entry -> entry.getValue().toMillis() >= sessions / 10)
        .map(
            entry ->
                "%s %.1f ms"
                    .formatted(entry.getKey(), (double) entry.getValue().toMillis() / sessions))
        .collect(Collectors.joining(", "));
  }

  private Duration of(String program) {
    return byProgram.getOrDefault(program, Duration.ZERO);
  }
}
