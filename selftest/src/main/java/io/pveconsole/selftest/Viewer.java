// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.selftest;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The least of RFB 3.8 (RFC 6143) that shows a picture: the whole handshake at once after {@code
 * ready}, then one request for the corner of the screen.
 */
final class Viewer implements WebSocket.Listener {
  private static final byte[] NO_SECURITY_SHARED = {1, 1};

  /** Raw pixels; all of 16 by 16 from the corner. */
  private static final byte[] ENCODINGS_AND_REQUEST = {
    2, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 16, 0, 16
  };

  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<String> picture = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private int asked;

  /** The guest's name, once pixels came. */
  CompletableFuture<String> picture() {
    return picture;
  }

  /** The close code. */
  CompletableFuture<Integer> closed() {
    return closed;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    if (last) {
      if (text.toString().contains("\"t\":\"ready\"")) {
        done =
            socket
                .sendBinary(bytes("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII)), true)
                .thenCompose(next -> next.sendBinary(bytes(NO_SECURITY_SHARED), true));
      }
      text.setLength(0);
    }
    return done.thenRun(() -> socket.request(1));
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    byte[] part = new byte[data.remaining()];
    data.get(part);
    received.writeBytes(part);
    return look(socket).thenRun(() -> socket.request(1));
  }

  /** Banner 12, security types 2, result 4, then size, format and name of the screen. */
  private CompletionStage<?> look(WebSocket socket) {
    byte[] all = received.toByteArray();
    int header = 12 + 2 + 4;
    if (all.length < header + 24) {
      return CompletableFuture.completedFuture(null);
    }
    int name = ByteBuffer.wrap(all).getInt(header + 20);
    int update = header + 24 + name;
    if (all.length > update + 16 && all[update] == 0) {
      picture.complete(new String(all, header + 24, name, StandardCharsets.UTF_8));
    } else if (all.length >= update && asked++ == 0) {
      return socket.sendBinary(bytes(ENCODINGS_AND_REQUEST), true);
    }
    return CompletableFuture.completedFuture(null);
  }

  private static ByteBuffer bytes(byte[] content) {
    return ByteBuffer.wrap(content);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    picture.completeExceptionally(new IllegalStateException("closed: " + code + " " + reason));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
    picture.completeExceptionally(error);
  }
}
