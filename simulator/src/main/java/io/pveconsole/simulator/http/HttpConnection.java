// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import io.pveconsole.simulator.Timings;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of one connection, one after the other, up to 100. */
final class HttpConnection {
  private static final int MAX_REQUESTS = 100;
  private static final int MAX_BODY = 512 * 1024;
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
  private static final Set<String> BODY_TYPES =
      Set.of("", "application/x-www-form-urlencoded", "application/json");

  private final Socket socket;
  private final boolean tls;
  private final Worker worker;
  private final RequestHandler handler;
  private final Timings timings;
  private final InputStream in;
  private final RequestReader reader;
  private final ResponseWriter writer;

  HttpConnection(
      Socket socket,
      boolean tls,
      Worker worker,
      RequestHandler handler,
      Timings timings,
      Clock clock)
      throws IOException {
    this.socket = socket;
    this.tls = tls;
    this.worker = worker;
    this.handler = handler;
    this.timings = timings;
    in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    reader = new RequestReader(in);
    writer = new ResponseWriter(socket.getOutputStream(), clock);
  }

  void run() throws IOException {
    socket.setSoTimeout(Math.toIntExact(timings.keepAliveIdle().toMillis()));
    try {
      for (int left = MAX_REQUESTS - 1; one(left > 0); left--) {
        if (left == 0) {
          return;
        }
      }
    } catch (SocketTimeoutException | EOFException e) {
      return;
    }
  }

  /** Returns whether the connection stays open for another request. */
  private boolean one(boolean more) throws IOException {
    try {
      HttpRequest head = reader.head();
      boolean keep = more && keepAlive(head);
      Reply reply = protocolError(head);
      if (reply == null && !tls) {
        reply = toHttps(head);
      }
      if (reply == null) {
        reply = serve(head);
      }
      return send(reply, keep, coding(head));
    } catch (MalformedRequest e) {
      if (e.status() == 0) {
        sleep(timings.keepAliveIdle());
      } else {
        send(new Reply.Answer(e.status(), e.reason(), null, false), false, "");
      }
      return false;
    }
  }

  private Reply serve(HttpRequest head) throws IOException {
    long start = System.nanoTime();
    Admission admission = handler.admit(head);
    Reply reply =
        switch (admission) {
          case Admission.Refused refused -> refused.reply();
          case Admission.Granted granted -> {
            Reply early = contentError(head);
            yield early != null ? early : handler.handle(withBody(head), granted);
          }
        };
    if (reply instanceof Reply.Answer answer && answer.status() == 401) {
      sleep(timings.unauthorizedDelay().minusNanos(System.nanoTime() - start));
    }
    return reply;
  }

  private boolean send(Reply reply, boolean keep, String coding) throws IOException {
    switch (reply) {
      case Reply.Answer answer -> {
        boolean stays = keep && answer.status() < 400;
        writer.answer(answer, stays, coding);
        return stays;
      }
      case Reply.Redirect redirect -> writer.redirect(redirect);
      case Reply.Upgrade upgrade -> {
        socket.setSoTimeout(0);
        socket.setTcpNoDelay(true);
        writer.upgrade(upgrade);
        upgrade.takeover().run(in, socket.getOutputStream(), worker);
      }
      case Reply.Silence silence -> {
        socket.setSoTimeout(0);
        in.transferTo(OutputStream.nullOutputStream());
      }
      case Reply.WorkerDeath death -> worker.die();
    }
    return false;
  }

  private static @Nullable Reply protocolError(HttpRequest head) {
    if (!METHODS.contains(head.method())) {
      return error(501, "method '" + head.method() + "' not available");
    }
    String coding = head.header("transfer-encoding");
    if (coding != null) {
      boolean chunked = coding.equalsIgnoreCase("chunked");
      return error(
          501,
          chunked
              ? "chunked transfer encoding not supported"
              : "Unknown transfer encoding '" + coding + "'");
    }
    return null;
  }

  private static @Nullable Reply contentError(HttpRequest head) {
    int length = length(head);
    if (length > 0 && !head.method().equals("POST") && !head.method().equals("PUT")) {
      return error(501, "Unexpected content for method '" + head.method() + "'");
    }
    if (length > MAX_BODY) {
      return error(501, "for data too large");
    }
    String type = head.header("content-type");
    String bare = type == null ? "" : type.replaceFirst(";.*", "").strip();
    return length > 0 && !BODY_TYPES.contains(bare.toLowerCase(Locale.ROOT))
        ? error(506, "upload 'Content-Type '" + type + "' not implemented")
        : null;
  }

  private HttpRequest withBody(HttpRequest head) throws IOException {
    int length = length(head);
    return length > 0 ? head.withBody(reader.body(length)) : head;
  }

  private static int length(HttpRequest head) {
    String length = head.header("content-length");
    return length == null || !length.matches("\\d{1,9}") ? 0 : Integer.parseInt(length);
  }

  private static boolean keepAlive(HttpRequest head) {
    String connection = head.header("connection");
    return connection == null
        ? !head.version().equals("1.0")
        : !connection.toLowerCase(Locale.ROOT).contains("close");
  }

  private static String coding(HttpRequest head) {
    String accepted = head.header("accept-encoding");
    if (accepted == null) {
      return "";
    }
    return accepted.contains("gzip") ? "gzip" : accepted.contains("deflate") ? "deflate" : "";
  }

  private static Reply toHttps(HttpRequest head) {
    String host = head.header("host");
    if (host == null) {
      return new Reply.Silence();
    }
    String query = head.query() == null ? "" : "?" + head.query();
    String location = "https://" + host + head.path() + query;
    return head.method().equals("GET")
        ? new Reply.Redirect(301, "Moved Permanently", location)
        : new Reply.Redirect(308, "Permanent Redirect", location);
  }

  private static Reply error(int status, String reason) {
    return new Reply.Answer(status, reason, null, false);
  }

  private static void sleep(Duration time) {
    if (time.isPositive()) {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
