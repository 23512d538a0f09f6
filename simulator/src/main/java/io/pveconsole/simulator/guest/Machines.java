// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.util.Locale;

/**
 * Boots machines: built-in ones, those for measurements, or a real QEMU for the guests that ask for
 * it.
 */
public final class Machines implements Guests.MachineFactory {
  private final MachineSettings settings;

  /** A factory. */
  public Machines(MachineSettings settings) {
    this.settings = settings;
  }

  @Override
  public Machine boot(Guest guest) {
    if (settings.qemuGuests().contains(guest.vmid())) {
      return QemuMachine.start(guest, settings.passwordLife());
    }
    return switch (guest.console()) {
      case GuestConsole.Shell() -> shell(guest);
      case GuestConsole.Echo() -> BenchMachine.echo(guest::name, settings);
      case GuestConsole.Firehose(long rate) -> BenchMachine.firehose(guest::name, settings, rate);
    };
  }

  private Machine shell(Guest guest) {
    String kind = guest.type() == GuestType.QEMU ? "VM" : "CT";
    return new BuiltInMachine(
        guest::name,
        () ->
            String.format(
                Locale.ROOT, "%s  ·  %s %d on %s", guest.name(), kind, guest.vmid(), guest.node()),
        guest.type(),
        settings.clock(),
        settings.passwordLife());
  }
}
