// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * Asks what the account may do before Proxmox has to refuse it. A privilege is there when it is
 * listed; its value says only whether it is inherited further down.
 */
final class PrivilegeCheck {

  private static final List<String> NEEDED = List.of("VM.Console", "VM.Audit");
  private static final String ALL_GUESTS = "/vms";

  private final ApiSession session;

  PrivilegeCheck(ApiSession session) {
    this.session = session;
  }

  /** Fails unless the account may see and open this console of this guest. */
  Future<Void> forGuest(int vmid, ConsoleKind kind) {
    return mayUse(vmid).compose(v -> kind == ConsoleKind.TERMINAL ? terminal() : mayOpen());
  }

  private static Future<Void> mayOpen() {
    return Future.succeededFuture();
  }

  /** Before November 2025 termproxy could not check API tokens, and said so too late. */
  private Future<Void> terminal() {
    if (!(session.credentials() instanceof Credentials.ApiToken token)) {
      return mayOpen();
    }
    return session
        .data(ApiCall.get("/version", Step.PRIVILEGE))
        .compose(
            data ->
                Version.of(data).takesTokensForTerminals()
                    ? mayOpen()
                    : Failures.future(
                        new AccessFailure.TokenNotAllowed(Step.PRIVILEGE, token.account())));
  }

  private Future<Void> mayUse(int vmid) {
    String path = ALL_GUESTS + "/" + vmid;
    return session
        .data(ApiCall.get("/access/permissions", Map.of("path", path), Step.PRIVILEGE))
        .compose(data -> judge(List.of(data.path(path)), path));
  }

  /** Fails unless the account may see and open some guest, wherever it got that right. */
  Future<Void> forAnyGuest() {
    return session
        .data(ApiCall.get("/access/permissions", Step.PRIVILEGE))
        .compose(data -> judge(data, ALL_GUESTS));
  }

  private Future<Void> judge(Iterable<JsonNode> granted, String path) {
    for (String privilege : NEEDED) {
      boolean present = false;
      for (JsonNode privileges : granted) {
        present |= privileges.has(privilege);
      }
      if (!present) {
        return Failures.future(
            new AccessFailure.MissingPrivilege(
                Step.PRIVILEGE, session.credentials(), path, privilege));
      }
    }
    return Future.succeededFuture();
  }
}
