// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A console that waits 10 s on a port of the host that was asked.
 *
 * @param port to be tried once and never again
 * @param password the ticket itself where Proxmox gave no password
 * @param node the node that answered, empty where the task id does not say
 */
record ConsolePort(int port, String user, Secret ticket, Secret password, String node) {

  private static final int FIRST_PORT = 5900;
  private static final int LAST_PORT = 5999;
  private static final int MAX_TICKET = 512;

  /** Empty if the answer is none of vncproxy or termproxy. */
  static Optional<ConsolePort> parse(JsonNode data) {
    int port = data.path("port").asInt();
    String ticket = data.path("ticket").asText("");
    String password = data.path("password").asText("");
    boolean sound =
        port >= FIRST_PORT
            && port <= LAST_PORT
            && !ticket.isEmpty()
            && ticket.length() <= MAX_TICKET;
    return sound
        ? Optional.of(
            new ConsolePort(
                port,
                data.path("user").asText(""),
                Secret.of(ticket),
                Secret.of(password.isEmpty() ? ticket : password),
                node(data.path("upid").asText(""))))
        : Optional.empty();
  }

  /** What termproxy wants to read first. */
  Secret loginLine() {
    return Secret.of(user + ":" + ticket.reveal() + "\n");
  }

  private static String node(String taskId) {
    String[] parts = taskId.split(":", 3);
    return parts.length == 3 && parts[0].equals("UPID") ? parts[1] : "";
  }
}
