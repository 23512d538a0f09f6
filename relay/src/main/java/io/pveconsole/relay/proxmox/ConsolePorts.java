// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks Proxmox to open a console's port. */
final class ConsolePorts {

  private static final String GENERATE_PASSWORD = "generate-password";

  private final ApiSession session;

  ConsolePorts(ApiSession session) {
    this.session = session;
  }

  /** The guest is not on the node any more. */
  static final class Moved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Moved() {
      super("the guest has moved", null, false, false);
    }
  }

  /** Fails with {@link Moved} if the guest should be looked up again. */
  Future<ConsolePort> open(ConsoleKind kind, GuestRef guest) {
    boolean password = kind == ConsoleKind.VNC && guest.type() == GuestType.QEMU;
    return ask(kind, guest, password)
        .compose(
            answer ->
                password && answer.complainsOf(GENERATE_PASSWORD)
                    ? ask(kind, guest, false)
                    : Future.succeededFuture(answer))
        .compose(answer -> read(guest, answer));
  }

  private Future<ApiAnswer> ask(ConsoleKind kind, GuestRef guest, boolean password) {
    Map<String, String> form = new LinkedHashMap<>();
    if (kind == ConsoleKind.VNC) {
      form.put("websocket", "1");
    }
    if (password) {
      form.put(GENERATE_PASSWORD, "1");
    }
    return session.answer(ApiCall.post(path(guest) + "/" + kind.call(), form, Step.TICKET));
  }

  private Future<ConsolePort> read(GuestRef guest, ApiAnswer answer) {
    if (AnswerFailures.saysMoved(answer)) {
      return Future.failedFuture(new Moved());
    }
    if (!answer.ok()) {
      return Failures.future(session.failure(Step.TICKET, answer, guest));
    }
    return ConsolePort.parse(answer.data())
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Failures.future(
                    new ServiceFailure.ProtocolError(Step.TICKET, "no port, or no ticket for it")));
  }

  /** The upgrade request for a port. */
  static ApiCall websocket(GuestRef guest, ConsolePort port) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("port", Integer.toString(port.port()));
    query.put("vncticket", port.ticket().reveal());
    return ApiCall.get(path(guest) + "/vncwebsocket", query, Step.PORT);
  }

  private static String path(GuestRef guest) {
    return "/nodes/"
        + Percent.encode(guest.node())
        + "/"
        + guest.type().path()
        + "/"
        + guest.vmid();
  }
}
