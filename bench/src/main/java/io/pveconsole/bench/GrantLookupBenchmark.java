// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.LinkReusePolicy;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GrantTarget;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding a session's grant by the uid in the path, and judging whether it is still good. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GrantLookupBenchmark {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** How many grants this relay knows. */
  @Param({"10", "10000"})
  public int grants = 10;

  private final GrantRegistry registry = new GrantRegistry();
  private final String unknown = name(-1);
  private String wanted = "";

  /** Fills the registry. */
  @Setup
  public void fill() {
    for (int i = 0; i < grants; i++) {
      registry.put(grant(name(i)));
    }
    wanted = name(grants / 2);
  }

  private static String name(int number) {
    return new UUID(0x4a0d5b7b9c334abcL * number, 0x8a5e000000000000L + number).toString();
  }

  private static Grant grant(String name) {
    return new Grant(
        name,
        "uid-" + name,
        "1",
        new ConsoleGrantSpec(
            "pve7",
            new GrantSession("team", "demo", name, "kim@example.com", true),
            new GrantTarget(100),
            ConsoleKind.VNC,
            "0".repeat(64),
            NOW.plusSeconds(600).toString(),
            NOW.plusSeconds(3600).toString(),
            900,
            false,
            ClipboardPolicy.Both,
            GuestSharing.Shared,
            LinkReusePolicy.Refuse,
            null),
        new ConsoleGrantStatus(null, null, null, null, null));
  }

  /** A session that is there. */
  @Benchmark
  public Optional<Grant> find() {
    return registry.find(wanted);
  }

  /** A uid that somebody made up. */
  @Benchmark
  public Optional<Grant> findUnknown() {
    return registry.find(unknown);
  }

  /** Whether a grant that was just found is over; it has not been redeemed, the longest way. */
  @Benchmark
  public Optional<TerminationReason> findAndJudge() {
    return registry.find(wanted).flatMap(grant -> grant.over(NOW));
  }
}
