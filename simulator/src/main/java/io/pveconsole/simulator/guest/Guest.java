// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.time.Instant;
import java.util.Locale;
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
  private @Nullable String vga;
  private @Nullable String nextVga;
  private int pid;

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

  /** What its screen shows. */
  public GuestConsole console() {
    return spec.console();
  }

  /** When it was made; with {@link #uuid()} it tells a reused number from the same guest. */
  public Instant created() {
    return created;
  }

  /** The SMBIOS identity. */
  public UUID uuid() {
    return uuid;
  }

  /** The address of its first network interface, drawn when it was made. */
  public String hardwareAddress() {
    long drawn = uuid.getLeastSignificantBits();
    return String.format(
        Locale.ROOT,
        "BC:24:11:%02X:%02X:%02X",
        drawn & 0xff,
        drawn >> 8 & 0xff,
        drawn >> 16 & 0xff);
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

  /** The process of its present run, which no other run of any guest had; 0 while it is stopped. */
  public synchronized int pid() {
    return machine().isEmpty() ? 0 : pid;
  }

  /** The display that it has, such as {@code none} or {@code serial0}; empty for the usual one. */
  public synchronized Optional<String> vga() {
    return Optional.ofNullable(vga);
  }

  /** The display that it has from its next start on. */
  public synchronized Optional<String> pendingVga() {
    return Optional.ofNullable(nextVga);
  }

  synchronized void vga(@Nullable String value) {
    nextVga = value;
    if (machine().isEmpty()) {
      vga = value;
    }
  }

  synchronized void run(Machine running, int process, Instant now) {
    machine = running;
    pid = process;
    vga = nextVga;
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
