// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.pveconsole.sandbox.e2e.RelayCalls.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret that was issued in a run from end to end stands anywhere but where it must: not in a
 * log of any process at the finest level, not in an API object, not where a script of the page can
 * read.
 */
class SecretsIT {
  private static final Duration PICTURE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The only objects that hold secrets, by what they are for. */
  private static final Set<String> KEEPERS =
      Set.of("demo-proxmox", "demo-relay-keys", "demo-access");

  @TempDir Path directory;

  private final HttpClient http = RelayCalls.client();
  private final SecretSearch search = new SecretSearch();
  private final List<String> found = new ArrayList<>();

  @AfterEach
  void hangUp() {
    http.shutdownNow();
  }

  @Test
  void nothingIssuedIsSeenWhereItMustNotBe() throws Exception {
    Needs.browser();
    Map<String, String> finest = Map.of("PVECONSOLE_LOG_LEVEL", "TRACE");
    try (Cluster cluster = Cluster.start(directory, finest, 1);
        Browser browser = new Browser("en-US")) {
      cluster.patchHost("{\"spec\":{\"relay\":{\"logLevel\":\"Debug\"}}}");
      cluster.kubectl().run("rollout", "status", "deployment/demo-relay", "--timeout=120s");
      cluster.awaitRelays(1);
      noteConfigured(cluster);
      String link = cluster.sandbox().link(0);
      search.add("link secret", link.substring(link.indexOf('#') + 1));
      browser.open(link);
      FrontDoorIT.showsThePicture(browser);
      use(cluster, browser);
      noteIssued(cluster, browser);
      lookEverywhere(cluster, browser);
      assertThat(found).isEmpty();
      assertThat(search.count("vnc-ticket")).isGreaterThan(3);
      assertThat(search.count("vnc-password")).isGreaterThan(3);
      assertThat(search.count("ticket")).isPositive();
      assertThat(search.count("csrf")).isPositive();
      assertThat(search.count("cookie")).isGreaterThanOrEqualTo(2);
      findsWhatIsPlanted(cluster, link.substring(link.indexOf('#') + 1));
    }
  }

  /** Everything that makes processes speak of secrets: logins that fail too. */
  private void use(Cluster cluster, Browser browser) throws Exception {
    RelayCalls relay = new RelayCalls(http, cluster.url());
    SessionLink plain = cluster.open("plain", 101);
    search.add("link secret", plain.secret());
    Answer redeemed = relay.redeem(plain, RelayCalls.nonce());
    note(redeemed);
    note(relay.call(plain, "refresh", redeemed.cookieHeader()));
    PlainConsole console = relay.open(plain, redeemed.cookieHeader()).awaitPicture(PICTURE);
    assertThat(relay.redeem(plain, RelayCalls.nonce()).status()).isEqualTo(409);
    cluster.guests().control("POST", "/guests/101/stop", "");
    console.awaitClose(PICTURE);
    PlainConsole stopped = relay.open(plain, redeemed.cookieHeader());
    stopped.awaitClose(PICTURE);
    cluster.guests().control("POST", "/guests/101/start", "");

    String password = cluster.guests().facts().get("password").asText();
    String wrong = "wrong-" + UUID.randomUUID();
    search.add("password", wrong);
    login(cluster, wrong);
    Awaitility.await("the wrong password is noticed")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .until(() -> !relay.open(plain, redeemed.cookieHeader()).pictureOrClose(PICTURE));
    login(cluster, password);
    Awaitility.await("the right password is noticed")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .until(() -> relay.open(plain, redeemed.cookieHeader()).pictureOrClose(PICTURE));
    for (String node : List.of("pve1", "pve2")) {
      cluster.guests().control("POST", "/nodes/" + node + "/cut", "");
    }
    FrontDoorIT.showsThePicture(browser);
    browser.reload();
    FrontDoorIT.showsThePicture(browser);
  }

  private static void login(Cluster cluster, String password) throws Exception {
    String user = cluster.guests().facts().get("username").asText();
    cluster
        .kubectl()
        .patch(
            "secret",
            "demo-proxmox",
            "{\"data\":null,\"stringData\":{\"username\":\"%s\",\"password\":\"%s\"}}"
                .formatted(user, password));
  }

  private void note(Answer answer) {
    assertThat(answer.cookies()).hasSize(2);
    answer.cookies().forEach(c -> search.add("cookie", c.substring(c.indexOf('=') + 1)));
  }

  /** What was there before anybody came. */
  private void noteConfigured(Cluster cluster) throws IOException {
    JsonNode facts = cluster.guests().facts();
    search.add("password", facts.get("password").asText());
    search.add("token secret", facts.get("tokenSecret").asText());
    Secret keys =
        cluster
            .kubernetes()
            .secrets()
            .inNamespace(Cluster.NAMESPACE)
            .withName("demo-relay-keys")
            .require();
    for (String slot : keys.getData().values()) {
      String text = new String(Base64.getDecoder().decode(slot), StandardCharsets.UTF_8);
      JsonNode key = JSON.readTree(text).path("key");
      if (!key.isMissingNode()) {
        search.add("cookie key", key.asText());
      }
    }
    assertThat(search.count("cookie key")).isPositive();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".kubeconfig")).toList()) {
        Files.readString(file)
            .lines()
            .filter(line -> line.contains("token:"))
            .map(line -> line.replaceAll(".*token:", "").replace("\"", "").strip())
            .forEach(token -> search.add("service account token", token));
      }
    }
    assertThat(search.count("service account token")).isGreaterThanOrEqualTo(2);
  }

  private void noteIssued(Cluster cluster, Browser browser) throws IOException {
    for (JsonNode issued : JSON.readTree(cluster.guests().control("GET", "/issued", ""))) {
      search.add(issued.get("kind").asText(), issued.get("value").asText());
    }
    browser.allCookieValues().forEach(value -> search.add("cookie", value));
  }

  private void lookEverywhere(Cluster cluster, Browser browser) throws Exception {
    found.addAll(search.in("what scripts read", browser.readableByScripts()));
    found.addAll(search.in("the browser's console", browser.consoleLog()));
    found.addAll(search.in("the address", browser.address()));
    found.addAll(search.in("API objects", objects(cluster)));
    found.addAll(inLogs());
    assertThat(cluster.sandbox().logs()).contains("DEBUG");
  }

  /** But for the one line in which the simulator tells a person its own credentials. */
  private List<String> inLogs() throws IOException {
    List<String> finds = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path log : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        String name = log.getFileName().toString();
        String text =
            Files.readString(log, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !(name.equals("simulator.log") && line.startsWith("Ready: ")))
                .collect(Collectors.joining("\n"));
        finds.addAll(search.in(name, text));
      }
    }
    return finds;
  }

  /**
   * Everything that the API serves, with field managers, but for the Secrets that may hold some.
   */
  private static String objects(Cluster cluster) throws Exception {
    String kinds =
        cluster
            .kubectl()
            .run("api-resources", "--verbs=list", "-o", "name")
            .lines()
            .collect(Collectors.joining(","));
    JsonNode all =
        JSON.readTree(
            cluster.kubectl().run("get", kinds, "-A", "-o", "json", "--show-managed-fields"));
    assertThat(all.get("items").size()).isGreaterThan(50);
    StringBuilder text = new StringBuilder();
    for (JsonNode object : all.get("items")) {
      boolean keeps =
          object.get("kind").asText().equals("Secret")
              && KEEPERS.contains(object.at("/metadata/name").asText());
      if (keeps) {
        ((ObjectNode) object).remove("data");
      }
      text.append(object).append('\n');
    }
    return text.toString();
  }

  /** Else this test could not fail. */
  private void findsWhatIsPlanted(Cluster cluster, String secret) throws Exception {
    for (String form : SecretForms.of(secret)) {
      assertThat(search.in("a text", "before" + form + "after")).as(form).isNotEmpty();
    }
    String encoded = Base64.getEncoder().encodeToString(("link=" + secret).getBytes());
    cluster.kubectl().run("create", "configmap", "planted", "--from-literal=note=" + encoded);
    assertThat(search.in("API objects", objects(cluster))).hasSize(1);
    Path log = cluster.sandbox().file("operator.log").resolveSibling("planted.log");
    Files.writeString(log, "{\"message\":\"opened\",\"query\":\"?s=" + secret + "\"}\n");
    assertThat(inLogs()).hasSize(1);
  }
}
