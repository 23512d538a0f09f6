// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Pattern;

/**
 * An answer of the API.
 *
 * @param reason of the status line; often the only place where Proxmox says what is wrong
 * @param body missing when empty or not JSON
 */
record ApiAnswer(int status, String reason, JsonNode body) {

  private static final int MAX_TEXT = 300;
  private static final Pattern TICKET = Pattern.compile("PVE(VNC)?:\\S+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  static ApiAnswer withoutBody(int status, String reason) {
    return new ApiAnswer(status, reason, MissingNode.getInstance());
  }

  boolean ok() {
    return status == 200;
  }

  /** What the caller asked for; missing in an answer of another kind. */
  JsonNode data() {
    return body.isObject() ? body.path("data") : MissingNode.getInstance();
  }

  boolean hasData() {
    return body.isObject() && body.has("data");
  }

  /** Whether the parameter is among those that Proxmox complains of. */
  boolean complainsOf(String parameter) {
    return status == 400 && (body.path("errors").has(parameter) || text().contains(parameter));
  }

  /** What Proxmox says is wrong: status line, message and parameter errors, short and tidy. */
  String text() {
    StringBuilder text = new StringBuilder(reason);
    String message = body.path("message").asText("").strip();
    if (!message.isEmpty() && !message.equals(reason)) {
      text.append(text.isEmpty() ? "" : ": ").append(message);
    }
    body.path("errors")
        .properties()
        .forEach(
            e -> text.append("; ").append(e.getKey()).append(": ").append(e.getValue().asText()));
    String tidy = TICKET.matcher(CONTROL.matcher(text).replaceAll(" ")).replaceAll("(ticket)");
    return tidy.length() > MAX_TEXT ? tidy.substring(0, MAX_TEXT) : tidy.strip();
  }
}
