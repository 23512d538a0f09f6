// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** The guest is not there, or not in a state to be shown. */
public sealed interface GuestFailure extends ProxmoxFailure {

  /**
   * No such guest, or none that the account may see.
   *
   * @param nothingVisible the account sees no guest at all, so VM.Audit is probably missing
   */
  record GuestNotFound(int vmid, String account, boolean nothingVisible) implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.GuestNotFound;
    }

    @Override
    public String adminMessage() {
      return "No guest with VMID "
          + vmid
          + (nothingVisible
              ? ": "
                  + account
                  + " sees no guest at all, so it probably lacks VM.Audit. Give it: pveum acl"
                  + " modify /vms"
                  + (account.contains("!") ? " --tokens '" + account + "'" : " --users " + account)
                  + " --roles ConsoleRelay"
              : " is visible to "
                  + account
                  + ". Check the VMID, and VM.Audit on /vms/"
                  + vmid
                  + ".");
    }

    @Override
    public boolean retryable() {
      return nothingVisible;
    }
  }

  /** The guest does not run. */
  record GuestStopped(GuestRef guest) implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TargetStopped;
    }

    @Override
    public String adminMessage() {
      String command = guest.type() == GuestType.QEMU ? "qm" : "pct";
      return guest + " is not running. Start it: " + command + " start " + guest.vmid();
    }
  }

  /** The guest has gone to another node, and its console ended with the move. */
  record GuestMoved(GuestRef before, GuestRef guest) implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TargetMoved;
    }

    @Override
    public String adminMessage() {
      return guest
          + " was migrated from "
          + before.node()
          + " while its console was open. The console is opened again there.";
    }
  }

  /** The guest runs as another process than before. */
  record GuestRestarted(GuestRef guest) implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TargetRestarted;
    }

    @Override
    public String adminMessage() {
      return guest + " was stopped and started while its console was open. It is opened again.";
    }
  }

  /** A template never runs. */
  record GuestIsTemplate(GuestRef guest) implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TargetIsTemplate;
    }

    @Override
    public String adminMessage() {
      return guest + " is a template and has no console. Open a clone of it.";
    }
  }

  /** Another guest has the VMID now. */
  record GuestChanged(GuestRef guest, GuestIdentity expected, GuestIdentity found)
      implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TargetChanged;
    }

    @Override
    public String adminMessage() {
      return guest
          + " is not the guest of the first open any more (was "
          + expected
          + ", is "
          + found
          + "). Make a new session for it.";
    }
  }

  /** The guest has nothing that could be shown. */
  record NoConsole(GuestRef guest, String detail) implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.NoConsole;
    }

    @Override
    public String adminMessage() {
      return guest
          + " has no such console ("
          + detail
          + "). Give it a display (qm set "
          + guest.vmid()
          + " --vga std) or, for a terminal, a serial port (qm set "
          + guest.vmid()
          + " --serial0 socket); it has it once it is started anew: qm reboot "
          + guest.vmid();
    }
  }

  /** The node that holds the guest cannot be reached from the endpoint. */
  record NodeAway(Step step, String node, String detail) implements GuestFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.NodeAway;
    }

    @Override
    public String adminMessage() {
      return "Node " + node + " does not answer its cluster (" + detail + "). Check: pvecm status";
    }
  }
}
