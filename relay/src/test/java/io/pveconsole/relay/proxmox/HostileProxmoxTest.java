// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever answers in the place of Proxmox: always an end, in time, with a name and no secret. */
class HostileProxmoxTest {

  private static final String SECRET = "7c1f0e52-secret-of-the-token";
  private static final String PASSWORD = "the-password-of-the-account";
  private static final String TICKET = "PVE:a@pve:65A5D3F0::c2lnbmF0dXJl";
  private static final List<String> CALLS =
      List.of(
          "/access/ticket",
          "/cluster/resources",
          "/access/permissions",
          "/version",
          "/config",
          "/status/current",
          "/vncproxy",
          "/termproxy",
          "/vncwebsocket");

  private static @Nullable Vertx vertx;
  private static @Nullable FakeProxmox proxmox;

  @BeforeContainer
  static void start() {
    vertx = Vertx.vertx();
    proxmox = new FakeProxmox(vertx);
  }

  @AfterContainer
  static void stop() {
    proxmox.close();
    Await.value(vertx.close());
  }

  /** How one call is answered. */
  private sealed interface Answer {
    record Json(int status, String body) implements Answer {}

    record Raw(String body) implements Answer {}

    record Truncated(int announced) implements Answer {}

    record Redirected(int status) implements Answer {}

    record HeaderBomb(int headers) implements Answer {}

    record Closed() implements Answer {}

    record Endless() implements Answer {}

    record Dripping() implements Answer {}
  }

  private record Attack(String call, Answer answer, boolean password, ConsoleKind kind) {}

  @Provide
  Arbitrary<Attack> attacks() {
    return Combinators.combine(
            Arbitraries.of(CALLS),
            answers(),
            Arbitraries.of(true, false),
            Arbitraries.of(ConsoleKind.values()))
        .as(Attack::new);
  }

  private static Arbitrary<Answer> answers() {
    Arbitrary<Integer> statuses =
        Arbitraries.of(200, 200, 200, 400, 401, 403, 500, 501, 595, 599, 204, 418);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(
            12, Combinators.combine(statuses, json(3)).as((s, b) -> new Answer.Json(s, data(b)))),
        net.jqwik.api.Tuple.of(2, json(2).map(Answer.Raw::new)),
        net.jqwik.api.Tuple.of(
            2, Arbitraries.strings().ofMaxLength(300).map(text -> new Answer.Raw(text))),
        net.jqwik.api.Tuple.of(
            1, Arbitraries.integers().between(500, 5000).map(Answer.Truncated::new)),
        net.jqwik.api.Tuple.of(1, Arbitraries.of(301, 302, 307, 308).map(Answer.Redirected::new)),
        net.jqwik.api.Tuple.of(
            1, Arbitraries.integers().between(100, 2000).map(Answer.HeaderBomb::new)),
        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Answer.Closed())),
        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Answer.Raw("[".repeat(100_000)))));
  }

  private static String data(String json) {
    return "{\"data\":" + json + ",\"message\":\"" + TICKET + " refused\",\"errors\":" + json + "}";
  }

  /** Values under the names that the calls have, of any type. */
  private static Arbitrary<String> json(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            Arbitraries.of(
                "null",
                "true",
                "\"\"",
                "\"100\"",
                "100",
                "-1",
                "1e400",
                "5900",
                "\"5900\"",
                "\"running\"",
                "\"stopped\"",
                "\"qemu\"",
                "\"lxc\"",
                "\"pve1\"",
                "\"../..\"",
                "\"" + TICKET + "\"",
                "\"\\u0000\\n\\r\"",
                "\"" + "x".repeat(5000) + "\""),
            Arbitraries.longs().map(String::valueOf));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> keys =
        Arbitraries.of(
            "vmid",
            "type",
            "node",
            "name",
            "status",
            "template",
            "port",
            "ticket",
            "password",
            "user",
            "upid",
            "version",
            "smbios1",
            "meta",
            "vga",
            "serial0",
            "net0",
            "pid",
            "CSRFPreventionToken",
            "NeedTFA",
            "/vms/100",
            "VM.Console",
            "VM.Audit");
    Arbitrary<String> inner = json(depth - 1);
    Arbitrary<String> object =
        Combinators.combine(keys, inner)
            .as((key, value) -> "\"" + key + "\":" + value)
            .list()
            .ofMaxSize(8)
            .map(fields -> "{" + String.join(",", fields) + "}");
    Arbitrary<String> array =
        inner.list().ofMaxSize(4).map(values -> "[" + String.join(",", values) + "]");
    return Arbitraries.oneOf(leaf, object, array);
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void everyAnswerEndsInTimeWithANameAndWithoutASecret(@ForAll("attacks") Attack attack) {
    judge(attack, Duration.ofSeconds(20));
  }

  @Property(tries = 9, shrinking = ShrinkingMode.OFF)
  void anAnswerWithoutAnEndIsGivenUp(@ForAll("callsInTurn") String call) {
    judge(new Attack(call, new Answer.Dripping(), true, ConsoleKind.VNC), Duration.ofSeconds(30));
  }

  @Provide
  Arbitrary<String> callsInTurn() {
    return Arbitraries.of("/access/ticket", "/cluster/resources", "/config", "/vncproxy");
  }

  @Property(tries = 2)
  void aBodyWithoutAnEndIsCutAtItsLimit(@ForAll("bodies") String call) {
    AtomicLong sent = new AtomicLong();
    ProxmoxFailure failure =
        judge(
            new Attack(call, new Answer.Endless(), false, ConsoleKind.VNC),
            Duration.ofSeconds(30),
            sent);
    assertThat(failure).isInstanceOf(ServiceFailure.class);
    assertThat(sent.get()).as("read no further").isLessThan(64L << 20);
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.of("/cluster/resources", "/vncproxy");
  }

  private static @Nullable ProxmoxFailure judge(Attack attack, Duration limit) {
    return judge(attack, limit, new AtomicLong());
  }

  private static @Nullable ProxmoxFailure judge(Attack attack, Duration limit, AtomicLong sent) {
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void api(HttpServerRequest request, String path) {
            if (path.endsWith(attack.call())) {
              answer(request, attack.answer(), sent);
            } else if (path.equals("/access/ticket")) {
              FakeProxmox.data(
                  request, "{\"ticket\":\"" + TICKET + "\",\"CSRFPreventionToken\":\"x\"}");
            } else {
              FakeProxmox.Script.super.api(request, path);
            }
          }
        });
    Credentials credentials =
        attack.password()
            ? new Credentials.UserPassword("a@pve", Secret.of(PASSWORD))
            : new Credentials.ApiToken("a@pve!t", Secret.of(SECRET));
    ProxmoxClient client =
        ProxmoxClient.create(
            vertx, proxmox.settings("127.0.0.1", credentials), Clock.systemUTC(), TlsEngine.JDK);
    long began = System.nanoTime();
    ProxmoxFailure failure =
        Await.value(
            (attack.kind() == ConsoleKind.VNC
                    ? client.openVnc(100, null, StepListener.NONE)
                    : client.openTerminal(100, null, StepListener.NONE))
                .transform(
                    (tunnel, thrown) -> {
                      if (thrown == null) {
                        return tunnel.close().map((ProxmoxFailure) null);
                      }
                      assertThat(thrown).isInstanceOf(ProxmoxException.class);
                      return Future.succeededFuture(((ProxmoxException) thrown).failure());
                    }));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(limit);
    if (failure != null) {
      assertThat(failure.adminMessage() + failure)
          .doesNotContain(SECRET, PASSWORD, TICKET, "c2lnbmF0dXJl")
          .hasSizeLessThan(20_000);
    }
    Await.value(client.close());
    return failure;
  }

  private static void answer(HttpServerRequest request, Answer answer, AtomicLong sent) {
    HttpServerResponse response = request.response();
    switch (answer) {
      case Answer.Json json -> response.setStatusCode(json.status()).end(json.body());
      case Answer.Raw raw -> response.end(raw.body());
      case Answer.Truncated cut -> {
        response.putHeader("Content-Length", String.valueOf(cut.announced()));
        response.write("{\"data\":").onComplete((v, e) -> request.connection().close());
      }
      case Answer.Redirected there ->
          response.setStatusCode(there.status()).putHeader("Location", "https://192.0.2.1/").end();
      case Answer.HeaderBomb bomb -> {
        for (int i = 0; i < bomb.headers(); i++) {
          response.putHeader("X-" + i, "x".repeat(100));
        }
        response.end("{\"data\":[]}");
      }
      case Answer.Closed closed -> request.connection().close();
      case Answer.Endless endless -> pour(response.setChunked(true), sent);
      case Answer.Dripping drip -> drip(response.setChunked(true));
    }
  }

  private static void pour(HttpServerResponse response, AtomicLong sent) {
    Buffer part = Buffer.buffer(" ".repeat(64 * 1024));
    response
        .write(part)
        .onSuccess(
            v -> {
              sent.addAndGet(part.length());
              pour(response, sent);
            });
  }

  private static void drip(HttpServerResponse response) {
    response.write(" ").onSuccess(v -> vertx.setTimer(300, id -> drip(response)));
  }
}
