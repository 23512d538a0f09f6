// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form in which Proxmox, or what stands before it, says no. */
class AnswerFailuresTest {

  private static final Credentials TOKEN =
      new Credentials.ApiToken("relay@pve!k8s", Secret.of("uuid"));
  private static final GuestRef GUEST = new GuestRef(100, GuestType.QEMU, "pve1");
  private static final AnswerFailures FAILURES =
      new AnswerFailures(TOKEN, ProxmoxEndpoint.of("https://pve.example:8006"));

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(401, "authentication failure", "", FailureReason.LoginRefused, Step.AUTH),
        Arguments.of(401, "No ticket", "{\"data\":null}", FailureReason.LoginRefused, Step.AUTH),
        Arguments.of(
            403,
            "Permission check failed (/vms/100, VM.Console)",
            "{\"data\":null}",
            FailureReason.MissingPrivilege,
            Step.TICKET),
        Arguments.of(
            403,
            "Forbidden",
            "{\"data\":null,\"message\":\"Permission check failed (/vms/100, VM.Console)\\n\"}",
            FailureReason.MissingPrivilege,
            Step.TICKET),
        Arguments.of(
            403,
            "URI '/nodes/pve1/vncshell' not available with API token, need proper ticket.",
            "",
            FailureReason.TokenNotAllowed,
            Step.TICKET),
        Arguments.of(403, "something else", "", FailureReason.ProxmoxError, Step.TICKET),
        Arguments.of(
            400,
            "Parameter verification failed.",
            "{\"data\":null,\"errors\":{\"vmid\":\"type check\"}}",
            FailureReason.ProxmoxError,
            Step.TICKET),
        Arguments.of(500, "VM 100 not running", "", FailureReason.TargetStopped, Step.GUEST),
        Arguments.of(500, "CT 100 not running", "", FailureReason.TargetStopped, Step.GUEST),
        Arguments.of(
            500,
            "Timeout while waiting for port '5900' to get ready!",
            "",
            FailureReason.Busy,
            Step.TICKET),
        Arguments.of(
            500, "unable to find free port (5900-6000)", "", FailureReason.Busy, Step.TICKET),
        Arguments.of(
            500, "unable to find a serial interface", "", FailureReason.NoConsole, Step.TICKET),
        Arguments.of(500, "no such cluster node 'pve9'", "", FailureReason.NodeAway, Step.TICKET),
        Arguments.of(500, "unforeseen", "", FailureReason.ProxmoxError, Step.TICKET),
        Arguments.of(595, "Connection refused", "", FailureReason.NodeAway, Step.TICKET),
        Arguments.of(596, "Connection timed out", "", FailureReason.NodeAway, Step.TICKET),
        Arguments.of(599, "Too many redirections", "", FailureReason.NodeAway, Step.TICKET),
        Arguments.of(501, "Path '/x' not found", "", FailureReason.NotProxmox, Step.AUTH),
        Arguments.of(200, "OK", "<html>", FailureReason.NotProxmox, Step.AUTH),
        Arguments.of(301, "Moved", "", FailureReason.NotProxmox, Step.AUTH),
        Arguments.of(404, "Not Found", "<html>", FailureReason.NotProxmox, Step.AUTH),
        Arguments.of(502, "Bad Gateway", "<html>", FailureReason.Unreachable, Step.TCP),
        Arguments.of(503, "", "", FailureReason.Unreachable, Step.TCP));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void tellsAnswersApart(
      int status, String reason, String body, FailureReason expected, Step step) {
    ProxmoxFailure failure = FAILURES.of(Step.TICKET, answer(status, reason, body), GUEST);

    assertThat(failure.reason()).isEqualTo(expected);
    assertThat(failure.step()).isEqualTo(step);
    assertThat(failure.adminMessage()).isNotBlank().doesNotContain("uuid");
  }

  @Test
  void namesTheCommandThatGivesTheMissingPrivilege() {
    ApiAnswer answer = answer(403, "Permission check failed (/vms/100, VM.Console)", "");

    assertThat(FAILURES.of(Step.TICKET, answer, GUEST).adminMessage())
        .contains("VM.Console")
        .contains("pveum acl modify /vms/100 --tokens 'relay@pve!k8s' --roles ConsoleRelay");
  }

  @Test
  void knowsAGuestThatHasMoved() {
    String text = "Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist";

    assertThat(AnswerFailures.saysMoved(answer(500, text, ""))).isTrue();
    assertThat(AnswerFailures.saysMoved(answer(500, "other", ""))).isFalse();
  }

  @Test
  void findsTheComplaintAboutAParameterInEitherForm() {
    String body = "{\"data\":null,\"errors\":{\"generate-password\":\"property is not defined\"}}";

    assertThat(answer(400, "Parameter verification failed.", body))
        .matches(a -> a.complainsOf("generate-password"));
    assertThat(answer(400, "generate-password: unknown", ""))
        .matches(a -> a.complainsOf("generate-password"));
    assertThat(answer(500, "generate-password: unknown", ""))
        .matches(a -> !a.complainsOf("generate-password"));
  }

  @Test
  void keepsTicketsAndLineBreaksOutOfTexts() {
    ApiAnswer answer = answer(500, "bad\r\nPVEVNC:66AA11FF::c2lnbmF0dXJl= here", "");

    assertThat(answer.text()).isEqualTo("bad (ticket) here");
  }

  private static ApiAnswer answer(int status, String reason, String body) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      json = com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
    return new ApiAnswer(status, reason, json);
  }
}
