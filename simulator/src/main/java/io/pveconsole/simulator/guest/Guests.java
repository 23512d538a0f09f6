// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** All guests of the cluster, and what an administrator may do to them. */
public final class Guests implements AutoCloseable {
  private static final int FIRST_PID = 4000;

  private final ConcurrentSkipListMap<Integer, Guest> guests = new ConcurrentSkipListMap<>();
  private final MachineFactory factory;
  private final Clock clock;
  private int lastPid = FIRST_PID;

  /** Makes the machine of a guest that starts. */
  public interface MachineFactory {
    /** Boots; may take a moment. */
    Machine boot(Guest guest);
  }

  /** Guests as specified; those meant to run are booted. */
  public Guests(List<GuestSpec> specs, MachineFactory factory, Clock clock) {
    this.factory = factory;
    this.clock = clock;
    try {
      specs.forEach(this::add);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** All guests by number. */
  public List<Guest> all() {
    return List.copyOf(guests.values());
  }

  /** One guest. */
  public Optional<Guest> find(int vmid) {
    return Optional.ofNullable(guests.get(vmid));
  }

  /** One guest that must exist. */
  public Guest get(int vmid) {
    return find(vmid).orElseThrow(() -> new IllegalArgumentException("no guest " + vmid));
  }

  /** Adds a guest. */
  public Guest add(GuestSpec spec) {
    Guest guest = new Guest(spec, clock.instant());
    guests.put(spec.vmid(), guest);
    if (spec.running()) {
      start(spec.vmid());
    }
    return guest;
  }

  /** Starts a stopped guest. */
  public synchronized void start(int vmid) {
    Guest guest = get(vmid);
    if (guest.template()) {
      throw new IllegalStateException("guest " + vmid + " is a template");
    }
    if (guest.machine().isEmpty()) {
      guest.run(factory.boot(guest), ++lastPid, clock.instant());
    }
  }

  /** Stops a guest; its consoles end without a word. */
  public synchronized void stop(int vmid) {
    get(vmid).stop().ifPresent(Machine::close);
  }

  /** Stops and starts, as {@code qm reboot} does: another process, consoles end without a word. */
  public synchronized void reboot(int vmid) {
    stop(vmid);
    start(vmid);
  }

  /** Resets from inside: the screen begins anew, the process and its consoles go on. */
  public void reset(int vmid) {
    if (get(vmid).machine().orElse(null) instanceof BuiltInMachine machine) {
      machine.reset();
    }
  }

  /**
   * Gives a guest another display from its next start on, as {@code qm set --vga} does
   * (vmconfig_hotplug_pending in PVE/QemuServer.pm); null is the usual one.
   */
  public void vga(int vmid, @org.jspecify.annotations.Nullable String value) {
    get(vmid).vga(value);
  }

  /** Moves a running guest: its screen goes on, its consoles end. */
  public synchronized void migrate(int vmid, String node) {
    Guest guest = get(vmid);
    guest.lock("migrate");
    guest.moveTo(node);
    guest.lock(null);
    guest.machine().ifPresent(Machine::cutConsoles);
  }

  /** Holds or frees a guest's lock, as shown by its status. */
  public void lock(int vmid, @org.jspecify.annotations.Nullable String reason) {
    get(vmid).lock(reason);
  }

  /**
   * Destroys a guest and makes another with the same number, as happens when numbers are reused.
   * When its consoles end, the other is there.
   */
  public synchronized Guest replace(GuestSpec spec) {
    Optional<Machine> before = get(spec.vmid()).stop();
    Guest made = add(spec);
    before.ifPresent(Machine::close);
    return made;
  }

  /** Removes a guest. */
  public synchronized void remove(int vmid) {
    Optional<Machine> before = get(vmid).stop();
    guests.remove(vmid);
    before.ifPresent(Machine::close);
  }

  /** The last keys and pointer events of a guest; empty when it does not run. */
  public String inputText(int vmid) {
    return get(vmid).machine().map(Machine::inputText).orElse("");
  }

  /** The text on a guest's screen; empty when it does not run. */
  public String screenText(int vmid) {
    return get(vmid).machine().map(Machine::screenText).orElse("");
  }

  /** Switches clock and cursor of a built-in screen off, so that it sends nothing by itself. */
  public void still(int vmid, boolean on) {
    if (get(vmid).machine().orElse(null) instanceof BuiltInMachine machine) {
      machine.still(on);
    }
  }

  /** The socket of QEMU's own VNC server without a password; empty when QEMU does not back it. */
  public Optional<Path> qemuSocket(int vmid) {
    return get(vmid)
        .machine()
        .filter(QemuMachine.class::isInstance)
        .map(machine -> ((QemuMachine) machine).direct());
  }

  /** Moves the clocks of all screens. */
  public void tick() {
    for (Guest guest : guests.values()) {
      if (guest.machine().orElse(null) instanceof BuiltInMachine machine) {
        machine.tick();
      }
    }
  }

  @Override
  public void close() {
    all().forEach(g -> g.stop().ifPresent(Machine::close));
  }
}
