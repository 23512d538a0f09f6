// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.Optional;

/** No connection that can be trusted. */
public sealed interface ConnectFailure extends ProxmoxFailure {

  /** The endpoint's name has no address. */
  record NameNotFound(String host) implements ConnectFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.NameNotFound;
    }

    @Override
    public String adminMessage() {
      return "The name "
          + host
          + " has no address here. Check the endpoint's url and the cluster's DNS, or give the"
          + " address in the url and the name as serverName.";
    }
  }

  /**
   * Nothing answers.
   *
   * @param step TCP, or TLS where the connection was accepted and closed at once
   */
  record Unreachable(Step step, String endpoint, String detail) implements ConnectFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.Unreachable;
    }

    @Override
    public String adminMessage() {
      return step == Step.TCP
          ? endpoint
              + " does not answer ("
              + detail
              + "). Check that the node is up, the port is right and that network policies and"
              + " firewalls let the relay through."
          : endpoint
              + " accepts the connection and closes it at once ("
              + detail
              + "). Check ALLOW_FROM, DENY_FROM and POLICY in /etc/default/pveproxy on the node.";
    }
  }

  /** The certificate does not satisfy the configured trust. */
  record UntrustedCertificate(String endpoint, Certificate seen, Cause cause)
      implements ConnectFailure {

    /** Why it was not trusted. */
    public enum Cause {
      UNKNOWN_AUTHORITY("it is not signed by a trusted authority"),
      OTHER_NAME("it is made for another name"),
      NOT_NOW_VALID("it has expired or is not valid yet"),
      OTHER_FINGERPRINT("its fingerprint is none of the pinned ones");

      private final String text;

      Cause(String text) {
        this.text = text;
      }
    }

    @Override
    public FailureReason reason() {
      return FailureReason.CertificateUntrusted;
    }

    @Override
    public Optional<Certificate> certificate() {
      return Optional.of(seen);
    }

    @Override
    public String adminMessage() {
      return "The certificate of "
          + endpoint
          + " is not trusted: "
          + cause.text
          + ". Seen: "
          + seen.subject()
          + ", valid until "
          + seen.notAfter()
          + ", fingerprint "
          + seen.fingerprint()
          + ". "
          + (cause == Cause.OTHER_NAME
              ? "Set serverName to a name that is in it, or pin this fingerprint."
              : "Compare with 'pvenode cert info' on the node; then pin this fingerprint, or give"
                  + " the cluster's /etc/pve/pve-root-ca.pem as CA.");
    }
  }

  /** TLS failed for a reason other than trust. */
  record TlsRefused(String endpoint, String detail) implements ConnectFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TlsRefused;
    }

    @Override
    public String adminMessage() {
      return endpoint
          + " does not complete TLS 1.2 or 1.3 ("
          + detail
          + "). Check that the port is pveproxy's, and CIPHERS and DISABLE_TLS_1_2 in"
          + " /etc/default/pveproxy.";
    }
  }

  /** Something answers, but not as Proxmox does. */
  record NotProxmox(String endpoint, String detail) implements ConnectFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.NotProxmox;
    }

    @Override
    public String adminMessage() {
      return endpoint
          + " answers, but not as a Proxmox VE API ("
          + detail
          + "). Check the host, the port (8006 by default) and the path prefix of the url.";
    }
  }
}
