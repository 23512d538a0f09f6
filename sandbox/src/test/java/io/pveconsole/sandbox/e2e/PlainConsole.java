// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The socket of a console with the least RFB that shows a picture, and its control messages. */
final class PlainConsole implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keysym of the Enter key. */
  private static final int RETURN = 0xff0d;

  private final PlainRfb rfb = new PlainRfb(this::send);
  private final List<JsonNode> controls = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private CompletableFuture<WebSocket> sent = socket;
  private volatile int closeCode;
  private volatile String closeReason = "";

  void opened(WebSocket opened) {
    socket.complete(opened);
  }

  /** In order, one after the other, as this client wants it. */
  private synchronized void send(byte[] bytes) {
    sent = sent.thenCompose(open -> open.sendBinary(ByteBuffer.wrap(bytes), true));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        controls.add(JSON.readTree(text.toString()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    rfb.receive(bytes);
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeReason = reason;
    closeCode = code;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closeReason = error.toString();
    closeCode = 1006;
  }

  /** Waits for pixels; fails at once when the socket closes. */
  PlainConsole awaitPicture(Duration limit) {
    Awaitility.await("a picture")
        .atMost(Patience.of(limit))
        .pollInterval(Duration.ofMillis(10))
        .failFast(
            "the socket closed", () -> assertThat(closeCode).as("closed: %s", closeReason).isZero())
        .until(rfb::hasPicture);
    return this;
  }

  /** Waits for pixels or the end; whether it was pixels. */
  boolean pictureOrClose(Duration limit) {
    Awaitility.await("a picture or a close")
        .atMost(Patience.of(limit))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> rfb.hasPicture() || closeCode != 0);
    return rfb.hasPicture();
  }

  boolean hasPicture() {
    return rfb.hasPicture();
  }

  /** 0 while it is open; 1006 when it broke. */
  int closeCode() {
    return closeCode;
  }

  String closeReason() {
    return closeReason;
  }

  int awaitClose(Duration limit) {
    Awaitility.await("the socket closes")
        .atMost(Patience.of(limit))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> closeCode != 0);
    return closeCode;
  }

  /** The newest control message of this kind. */
  Optional<JsonNode> control(String kind) {
    return controls.stream()
        .filter(message -> message.path("t").asText().equals(kind))
        .reduce((one, next) -> next);
  }

  /** All control messages so far, as text. */
  String said() {
    return controls.toString();
  }

  /** Waits for a policy that is so, and says how long after {@code since} (nanoTime) it came. */
  Duration awaitPolicy(String what, long since, Predicate<JsonNode> holds) {
    Awaitility.await(what)
        .atMost(Patience.of(Duration.ofSeconds(10)))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> control("policy").filter(holds).isPresent());
    return Duration.ofNanos(System.nanoTime() - since);
  }

  void type(String line) {
    line.chars().map(c -> c == '\r' ? RETURN : c).forEach(rfb::key);
  }

  void paste(String line) {
    rfb.cutText(line.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What the guest has put on the viewer's clipboard, the latest. */
  String pasted() {
    return rfb.cutText();
  }

  /** Breaks the connection, as a network does. */
  void abort() {
    socket.join().abort();
  }
}
