// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A guest of the cluster, running or not. Thread-safe. */
public final class Guest {
  private final GuestSpec spec;
  private final Instant created;
  private final UUID uuid = UUID.randomUUID();
  private String node;
  private @Nullable Machine machine;
  private @Nullable Instant started;
  private @Nullable String lock;

  Guest(GuestSpec spec, Instant created) {
    this.spec = spec;
    this.created = created;
    this.node = spec.node();
  }

  /** Its number. */
  public int vmid() {
    return spec.vmid();
  }

  /** Its name. */
  public String name() {
    return spec.name();
  }

  /** Its kind. */
  public GuestType type() {
    return spec.type();
  }

  /** Whether it is a template, which never runs. */
  public boolean template() {
    return spec.template();
  }

  /**
   * Whether a terminal can be had: always for containers, with a serial port for virtual machines.
   */
  public boolean hasTerminal() {
    return spec.type() == GuestType.LXC || spec.serial();
  }

  /** When it was made; with {@link #uuid()} it tells a reused number from the same guest. */
  public Instant created() {
    return created;
  }

  /** The SMBIOS identity. */
  public UUID uuid() {
    return uuid;
  }

  /** Where it is now. */
  public synchronized String node() {
    return node;
  }

  /** {@code running} or {@code stopped}. */
  public synchronized String status() {
    return machine().isEmpty() ? "stopped" : "running";
  }

  /** Since when it runs. */
  public synchronized Optional<Instant> started() {
    return Optional.ofNullable(started);
  }

  /** The lock that an operation holds, such as {@code migrate}. */
  public synchronized Optional<String> lock() {
    return Optional.ofNullable(lock);
  }

  /** The running machine. */
  public synchronized Optional<Machine> machine() {
    return Optional.ofNullable(machine).filter(Machine::alive);
  }

  synchronized void run(Machine running, Instant now) {
    machine = running;
    started = now;
  }

  synchronized Optional<Machine> stop() {
    Optional<Machine> ended = Optional.ofNullable(machine);
    machine = null;
    started = null;
    return ended;
  }

  synchronized void moveTo(String target) {
    node = target;
  }

  synchronized void lock(@Nullable String reason) {
    lock = reason;
  }
}
