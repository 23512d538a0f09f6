// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what an answer other than success means. Proxmox puts nearly everything into 500 and tells
 * cases apart by text only; texts from pve-access-control, qemu-server, pve-container and
 * pve-guest-common.
 */
final class AnswerFailures {

  private static final Pattern PERMISSION =
      Pattern.compile("Permission check failed \\(([^,()]+),\\s*([^()]+)\\)");
  private static final Pattern NOT_RUNNING = Pattern.compile("(VM|CT) \\d+ (is )?not running");
  private static final Pattern NO_DEVICE =
      Pattern.compile("serial interface|no (serial|display)|vga.*none|serial\\d.*(not|no )");
  private static final Pattern CROWDED =
      Pattern.compile("waiting for port|free port|too many|got timeout|can't lock file");
  private static final Pattern NO_NODE =
      Pattern.compile("no such cluster node|hostname lookup|no route to host|ssh:");

  private final Credentials credentials;
  private final String endpoint;

  AnswerFailures(Credentials credentials, ProxmoxEndpoint endpoint) {
    this.credentials = credentials;
    this.endpoint = endpoint.url().getAuthority();
  }

  /**
   * The failure.
   *
   * @param guest the guest in question, null where the call is about none
   */
  ProxmoxFailure of(Step step, ApiAnswer answer, @Nullable GuestRef guest) {
    int status = answer.status();
    String text = answer.text();
    return switch (status) {
      case 200 -> new ConnectFailure.NotProxmox(endpoint, "200 without Proxmox's JSON");
      case 401 -> new AccessFailure.LoginRefused(credentials);
      case 403 -> forbidden(step, text);
      case 500 -> died(step, text, guest);
      case 501 -> new ConnectFailure.NotProxmox(endpoint, "501 " + text);
      case 502, 503, 504 ->
          new ConnectFailure.Unreachable(
              Step.TCP, endpoint, "something in front of it answers " + status);
      case 595, 596, 597, 598, 599 -> nodeAway(step, status + " " + text, guest);
      default ->
          status == 400 || status > 500
              ? new ServiceFailure.ProxmoxError(step, status, text)
              : new ConnectFailure.NotProxmox(endpoint, (status + " " + text).strip());
    };
  }

  /** Whether the guest's configuration is not on the node that was named: it has moved. */
  static boolean saysMoved(ApiAnswer answer) {
    return answer.status() == 500
        && answer.text().contains("Configuration file")
        && answer.text().contains("does not exist");
  }

  private ProxmoxFailure forbidden(Step step, String text) {
    if (text.contains("not available with API token")) {
      return new AccessFailure.TokenNotAllowed(step, credentials.account());
    }
    Matcher permission = PERMISSION.matcher(text);
    return permission.find()
        ? new AccessFailure.MissingPrivilege(
            step, credentials, permission.group(1), permission.group(2))
        : new ServiceFailure.ProxmoxError(step, 403, text);
  }

  private ProxmoxFailure died(Step step, String text, @Nullable GuestRef guest) {
    if (NO_NODE.matcher(text).find()) {
      return nodeAway(step, text, guest);
    }
    if (CROWDED.matcher(text).find()) {
      return new ServiceFailure.Busy(step, text);
    }
    if (guest != null && NOT_RUNNING.matcher(text).find()) {
      return new GuestFailure.GuestStopped(guest);
    }
    if (guest != null && NO_DEVICE.matcher(text).find()) {
      return new GuestFailure.NoConsole(guest, text);
    }
    return new ServiceFailure.ProxmoxError(step, 500, text);
  }

  private static ProxmoxFailure nodeAway(Step step, String detail, @Nullable GuestRef guest) {
    return guest == null
        ? new ServiceFailure.ProxmoxError(step, 595, detail)
        : new GuestFailure.NodeAway(step, guest.node(), detail);
  }
}
