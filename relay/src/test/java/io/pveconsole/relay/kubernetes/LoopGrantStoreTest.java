// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.grants.ConflictException;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.pveconsole.relay.web.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopGrantStoreTest {

  private static final Duration HEADER_AHEAD = Duration.ofHours(5);

  @TempDir private static Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final ServerClock clock = new ServerClock(Clock.systemUTC(), System::nanoTime);
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final Grant grant = Grants.fresh("one", Instant.now());
  private final Other other = new Other();
  private volatile Consumer<HttpServerRequest> answer = this::found;
  private HttpServer server;
  private Config config;

  /** What a call that goes wrong is handed to. */
  private final class Other implements GrantStore {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Future<Optional<Grant>> read(String name) {
      asked.add("read " + name);
      return Future.succeededFuture(Optional.of(grant));
    }

    @Override
    public Future<List<Grant>> list() {
      asked.add("list");
      return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Grant> patch(Grant version, StatusPatch patch) {
      asked.add("patch " + version.name());
      return Future.succeededFuture(version);
    }
  }

  @BeforeAll
  static void makeCertificate() throws Exception {
    TestCertificate.make(directory, "api").write(directory);
  }

  @BeforeEach
  void listen() throws Exception {
    server =
        Futures.value(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                            new PemKeyCertOptions()
                                .addCertPath(directory.resolve("tls.crt").toString())
                                .addKeyPath(directory.resolve("tls.key").toString())))
                .requestHandler(
                    request -> {
                      requests.add(request);
                      request.body().onSuccess(body -> bodies.add(body.toString()));
                      answer.accept(request);
                    })
                .listen(0, "localhost"));
    config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://localhost:" + server.actualPort())
            .withCaCertData(
                Base64.getEncoder()
                    .encodeToString(Files.readAllBytes(directory.resolve("tls.crt"))))
            .withOauthToken("first")
            .build();
  }

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private void found(HttpServerRequest request) {
    request
        .response()
        .putHeader(
            "Date",
            java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(HEADER_AHEAD).atOffset(java.time.ZoneOffset.UTC)))
        .end(Grants.object(grant, "2").encode());
  }

  private GrantStore store(TlsEngine engine) {
    KubernetesClient client = KubernetesConnection.open(config, clock);
    ApiServerCalls calls = ApiServerCalls.of(vertx, engine, config, clock).orElseThrow();
    return new LoopGrantStore(calls, calls, new LoopGrants("team", "pve7"), other);
  }

  private GrantStore store() {
    return store(TlsEngine.best());
  }

  private StatusPatch leaving() {
    return StatusPatch.unviewed();
  }

  @ParameterizedTest
  @EnumSource
  void readsOverTls(TlsEngine engine) {
    Grant read = Futures.value(store(engine).read("one")).orElseThrow();

    assertThat(read.resourceVersion()).isEqualTo("2");
    assertThat(read.spec()).isEqualTo(grant.spec());
    assertThat(requests.getFirst().path())
        .isEqualTo("/apis/pveconsole.io/v1alpha1/namespaces/team/consolegrants/one");
    assertThat(requests.getFirst().getHeader("Authorization")).isEqualTo("Bearer first");
    assertThat(Duration.between(Instant.now(), clock.instant()))
        .as("the API server's time is listened to")
        .isGreaterThan(HEADER_AHEAD.minusMinutes(1));
    assertThat(other.asked).isEmpty();
  }

  @Test
  void findsAServerBehindAPath() {
    config.setMasterUrl("https://localhost:" + server.actualPort() + "/clusters/one/");

    Futures.value(store().read("one"));

    assertThat(requests.getFirst().path()).startsWith("/clusters/one/apis/pveconsole.io/");
  }

  static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @EnabledIf("hasIpv6")
  void findsAServerByItsIpv6Address() {
    HttpServer six =
        Futures.value(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      requests.add(request);
                      found(request);
                    })
                .listen(0, "::1"));
    config.setMasterUrl("http://[::1]:" + six.actualPort() + "/");

    Futures.value(store().read("one"));

    assertThat(requests.getFirst().getHeader("Host")).isEqualTo("[::1]:" + six.actualPort());
    assertThat(requests.getFirst().getHeader("User-Agent")).isEqualTo("pveconsole-relay");
    assertThat(other.asked).isEmpty();
  }

  @Test
  void writesWhatChangesForTheVersionThatIsKnown() {
    Grant written = Futures.value(store().patch(grant, leaving()));

    assertThat(written.resourceVersion()).isEqualTo("2");
    assertThat(requests.getFirst().method().name()).isEqualTo("PATCH");
    assertThat(requests.getFirst().path()).endsWith("/consolegrants/one/status");
    assertThat(requests.getFirst().getHeader("Content-Type"))
        .isEqualTo("application/merge-patch+json");
    Awaitility.await().until(() -> !bodies.isEmpty());
    assertThat(new JsonObject(bodies.getFirst()).getJsonObject("metadata"))
        .isEqualTo(new JsonObject().put("resourceVersion", "1"));
  }

  @Test
  void aTokenThatTheClientHasRenewedIsUsed() {
    GrantStore store = store();
    Futures.value(store.read("one"));
    config.setOauthToken("second");

    Futures.value(store.read("one"));

    assertThat(requests.getLast().getHeader("Authorization")).isEqualTo("Bearer second");
  }

  @Test
  void aNewerVersionAndADeletedGrantAreToldApart() {
    GrantStore store = store();
    answer = request -> request.response().setStatusCode(409).end("{}");
    assertThat(Futures.failure(store.patch(grant, leaving())))
        .isInstanceOf(ConflictException.class);

    answer = request -> request.response().setStatusCode(404).end("{}");
    assertThat(Futures.failure(store.patch(grant, leaving()))).isInstanceOf(GoneException.class);
    assertThat(Futures.value(store.read("one"))).isEmpty();
    assertThat(other.asked).isEmpty();
  }

  @Test
  void aGrantOfAnotherHostIsNone() {
    KubernetesClient client = KubernetesConnection.open(config, clock);
    ApiServerCalls calls = ApiServerCalls.of(vertx, TlsEngine.best(), config, clock).orElseThrow();
    GrantStore store = new LoopGrantStore(calls, calls, new LoopGrants("team", "pve8"), other);

    assertThat(Futures.value(store.read("one"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void whatElseItAnswersIsTheOthersBusiness(int status) {
    GrantStore store = store();
    answer = request -> request.response().setStatusCode(status).end("{}");

    Futures.value(store.read("one"));
    Futures.value(store.patch(grant, leaving()));
    Futures.value(store.list());

    assertThat(other.asked).containsExactly("read one", "patch one", "list");
  }

  @Test
  void aConnectionThatEndsIsTheOthersBusiness() {
    answer = request -> request.connection().close();

    Futures.value(store().patch(grant, leaving()));

    assertThat(other.asked).containsExactly("patch one");
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    answer =
        request -> {
          request.response().setChunked(true);
          for (int i = 0; i < 3; i++) {
            request.response().write(Buffer.buffer(new byte[1024 * 1024]));
          }
        };

    Futures.value(store().read("one"));

    assertThat(other.asked).containsExactly("read one");
  }

  @Test
  void aConnectionThatIsDeadIsTheOthersBusinessSoon() {
    answer = request -> {};
    long began = System.nanoTime();

    Futures.value(store().patch(grant, leaving()));

    assertThat(other.asked).containsExactly("patch one");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aConnectionThatIsNotUsedIsNotKept() {
    GrantStore store = store();
    Futures.value(store.read("one"));
    List<String> ended = new CopyOnWriteArrayList<>();
    requests.getFirst().connection().closeHandler(v -> ended.add("closed"));

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !ended.isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void aCertificateOfAnotherNameIsNotSpokenTo(TlsEngine engine) {
    config.setMasterUrl("https://127.0.0.1:" + server.actualPort());

    Futures.value(store(engine).read("one"));

    assertThat(requests).isEmpty();
    assertThat(other.asked).containsExactly("read one");
  }

  @ParameterizedTest
  @EnumSource
  void aCertificateOfNobodyIsNotSpokenTo(TlsEngine engine) throws Exception {
    Path elsewhere = Files.createTempDirectory(directory, "elsewhere");
    TestCertificate.make(elsewhere, "other").write(elsewhere);
    config.setCaCertData(
        Base64.getEncoder().encodeToString(Files.readAllBytes(elsewhere.resolve("tls.crt"))));

    Futures.value(store(engine).read("one"));

    assertThat(requests).isEmpty();
  }

  @Test
  void aServerBehindAProxyIsLeftToTheClient() {
    config.setHttpsProxy("http://proxy.example:3128");

    assertThat(ApiServerCalls.of(vertx, TlsEngine.best(), config, clock)).isEmpty();
  }
}
