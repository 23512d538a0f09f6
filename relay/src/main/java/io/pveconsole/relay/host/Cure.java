// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.relay.proxmox.ConnectFailure.UntrustedCertificate;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import java.util.List;

/** What an administrator is told of a failure: what happened, and the command that cures it. */
public final class Cure {

  private static final int MAX_LENGTH = 1024;

  private Cure() {}

  /** The message for a condition or a doctor's field. */
  public static String of(ProxmoxHost host, ProxmoxFailure failure) {
    String message = failure.adminMessage();
    if (!(failure instanceof UntrustedCertificate untrusted)) {
      return limited(message, "");
    }
    return limited(message, " Pin it: " + command(host, untrusted));
  }

  private static String command(ProxmoxHost host, UntrustedCertificate untrusted) {
    String pin = untrusted.seen().fingerprint().text();
    List<HostEndpoint> endpoints = host.getSpec().endpoints();
    String patch = forAll(host.getSpec().tls(), pin);
    for (int i = 0; i < endpoints.size(); i++) {
      HostEndpoint endpoint = endpoints.get(i);
      boolean seenHere = endpoint.url().contains(untrusted.endpoint());
      if (seenHere && hasAny(endpoint.fingerprints())) {
        patch = add("/spec/endpoints/" + i + "/fingerprints/-", "\"" + pin + "\"");
      } else if (seenHere && endpoints.size() > 1) {
        patch = add("/spec/endpoints/" + i + "/fingerprints", "[\"" + pin + "\"]");
      }
    }
    return "kubectl patch proxmoxhost "
        + host.getMetadata().getName()
        + " -n "
        + host.getMetadata().getNamespace()
        + patch;
  }

  private static String forAll(HostTls tls, String pin) {
    return tls != null && hasAny(tls.fingerprints())
        ? add("/spec/tls/fingerprints/-", "\"" + pin + "\"")
        : " --type merge -p '{\"spec\":{\"tls\":{\"caRef\":null,\"fingerprints\":[\""
            + pin
            + "\"]}}}'";
  }

  private static String add(String path, String value) {
    return " --type json -p '[{\"op\":\"add\",\"path\":\"" + path + "\",\"value\":" + value + "}]'";
  }

  private static boolean hasAny(List<String> fingerprints) {
    return fingerprints != null && !fingerprints.isEmpty();
  }

  /** The command is never cut; the text before it is, if need be. */
  private static String limited(String message, String command) {
    int room = MAX_LENGTH - command.length();
    return (message.length() <= room ? message : message.substring(0, room - 1) + "…") + command;
  }
}
