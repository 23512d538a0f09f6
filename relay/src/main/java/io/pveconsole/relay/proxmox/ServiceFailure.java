// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.time.Duration;

/** Proxmox, or the way to it, did not do what was asked. */
public sealed interface ServiceFailure extends ProxmoxFailure {

  /** Too many opens at once, here or on the node. */
  record Busy(Step step, String detail) implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.Busy;
    }

    @Override
    public String adminMessage() {
      return "Too many consoles are being opened at once (" + detail + "). Try again shortly.";
    }
  }

  /** A step took longer than it may. */
  record TimedOut(Step step, Duration limit) implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TimedOut;
    }

    @Override
    public String adminMessage() {
      return "Step "
          + step.wireName()
          + " took longer than "
          + limit.toMillis()
          + " ms. Check the load of the node and the network between it and the relay.";
    }
  }

  /** Proxmox refuses its own console ticket. */
  record TicketRefused(String endpoint) implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TicketRefused;
    }

    @Override
    public String adminMessage() {
      return endpoint
          + " refuses the console ticket it has just given. Check the clocks of the nodes"
          + " (chronyc tracking), the quorum (pvecm status), and that no balancer spreads the"
          + " requests of "
          + endpoint
          + " over several nodes.";
    }
  }

  /** The console's port was gone before it was connected. */
  record PortLost(String endpoint, String detail) implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.PortLost;
    }

    @Override
    public String adminMessage() {
      return endpoint
          + " does not connect the console it has opened ("
          + detail
          + "). Check that "
          + endpoint
          + " leads to one node only, and look at the guest's last vncproxy or termproxy task.";
    }
  }

  /** The console ended and Proxmox shows no reason. */
  record ConsoleLost(GuestRef guest) implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.ConsoleLost;
    }

    @Override
    public String adminMessage() {
      return "The console of "
          + guest
          + " ended while the guest runs: migrated, restarted, 15 minutes without a byte, or"
          + " pveproxy restarted. Look at the guest's last vncproxy or termproxy task.";
    }
  }

  /**
   * Proxmox failed at what it was asked.
   *
   * @param detail the reason it gave
   */
  record ProxmoxError(Step step, int status, String detail) implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.ProxmoxError;
    }

    @Override
    public String adminMessage() {
      return "Proxmox answered " + status + ": " + detail + ". Look at the node's task log.";
    }

    @Override
    public boolean retryable() {
      return status >= 500;
    }
  }

  /** An answer that cannot be understood. */
  record ProtocolError(Step step, String detail) implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.ProtocolError;
    }

    @Override
    public String adminMessage() {
      return "Proxmox answered in an unexpected form ("
          + detail
          + "). If something stands between, check that it leaves API answers and upgrades alone.";
    }
  }

  /** The client was closed, or the one who asked has gone. */
  record Closed() implements ServiceFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.Closed;
    }

    @Override
    public String adminMessage() {
      return "The client of this Proxmox host is closed.";
    }
  }
}
