// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's calls, without a page: to the public address, or to one relay past the Service. */
final class RelayCalls {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([^\"]*)\"");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final HttpClient http;
  private final URI address;

  /** An answer; {@code cookies} is what a browser would send back. */
  record Answer(int status, String code, List<String> cookies) {
    boolean isReuse() {
      return code.equals("LinkReused");
    }

    String cookieHeader() {
      return String.join("; ", cookies);
    }

    @Override
    public String toString() {
      return status + " " + code;
    }
  }

  RelayCalls(HttpClient http, URI address) {
    this.http = http;
    this.address = address;
  }

  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  static String nonce() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  Answer redeem(SessionLink link, String nonce) throws IOException, InterruptedException {
    return join(redeemLater(link, nonce));
  }

  CompletableFuture<Answer> redeemLater(SessionLink link, String nonce) {
    String body = "{\"secret\":\"%s\",\"nonce\":\"%s\"}".formatted(link.secret(), nonce);
    return post(link, "redeem", body, "");
  }

  /** One of the calls without a body of its own. */
  Answer call(SessionLink link, String name, String cookies)
      throws IOException, InterruptedException {
    return join(post(link, name, "{}", cookies));
  }

  private CompletableFuture<Answer> post(
      SessionLink link, String name, String body, String cookies) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(link.path() + "/" + name))
            .timeout(LIMIT)
            .header("Origin", link.url().toString())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(RelayCalls::answer);
  }

  private static Answer answer(HttpResponse<String> response) {
    Matcher code = CODE.matcher(response.body());
    List<String> cookies =
        response.headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.replaceAll(";.*", ""))
            .toList();
    return new Answer(response.statusCode(), code.find() ? code.group(1) : "", cookies);
  }

  /** Opens the console's socket; the upgrade itself must succeed. */
  PlainConsole open(SessionLink link, String cookies) throws IOException, InterruptedException {
    PlainConsole console = new PlainConsole();
    String scheme = address.getScheme().equals("https") ? "wss://" : "ws://";
    URI socket = URI.create(scheme + address.getAuthority() + link.path() + "/ws");
    WebSocket opened =
        join(
            http.newWebSocketBuilder()
                .subprotocols("pveconsole.v1")
                .header("Origin", link.url().toString())
                .header("Cookie", cookies)
                .connectTimeout(LIMIT)
                .buildAsync(socket, console));
    console.opened(opened);
    return console;
  }

  /** Redeems the link and opens the console. */
  PlainConsole open(SessionLink link) throws IOException, InterruptedException {
    Answer redeemed = redeem(link, nonce());
    if (redeemed.status() != 204) {
      throw new IOException("not redeemed: " + redeemed);
    }
    return open(link, redeemed.cookieHeader());
  }

  private static <T> T join(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get(LIMIT.toSeconds() + 5, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException(e);
    }
  }
}
