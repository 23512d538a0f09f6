// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what a connection that did not come about means. */
final class ConnectFailures {

  private static final int MAX_CHAIN = 12;

  private ConnectFailures() {}

  static ProxmoxFailure of(Peer peer, Duration limit, Throwable failure) {
    UntrustedException untrusted = find(failure, UntrustedException.class);
    if (untrusted != null) {
      return new ConnectFailure.UntrustedCertificate(
          peer.toString(), untrusted.seen(), untrusted.why());
    }
    if (find(failure, SslHandshakeTimeoutException.class) != null) {
      return new ServiceFailure.TimedOut(Step.TLS, limit);
    }
    if (find(failure, ConnectTimeoutException.class) != null
        || find(failure, TimeoutException.class) != null) {
      return new ServiceFailure.TimedOut(Step.TCP, limit);
    }
    if (find(failure, ConnectException.class) != null
        || find(failure, NoRouteToHostException.class) != null
        || find(failure, PortUnreachableException.class) != null) {
      return new ConnectFailure.Unreachable(Step.TCP, peer.toString(), "connection refused");
    }
    if (find(failure, NotSslRecordException.class) != null) {
      return new ConnectFailure.NotProxmox(peer.toString(), "it does not speak TLS");
    }
    if (closed(failure)) {
      return new ConnectFailure.Unreachable(Step.TLS, peer.toString(), "before TLS");
    }
    if (find(failure, SSLException.class) != null) {
      return new ConnectFailure.TlsRefused(peer.toString(), deepest(failure));
    }
    return new ConnectFailure.Unreachable(Step.TCP, peer.toString(), deepest(failure));
  }

  /** A close or reset while TLS was being set up; Netty and the JDK say it in several ways. */
  private static boolean closed(Throwable failure) {
    if (find(failure, ClosedChannelException.class) != null) {
      return true;
    }
    Throwable at = failure;
    for (int i = 0; at != null && i < MAX_CHAIN; i++, at = at.getCause()) {
      String message = at.getMessage() == null ? "" : at.getMessage();
      if (message.contains("Connection closed while SSL/TLS handshake")
          || message.contains("closing inbound before receiving peer")
          || (at instanceof IOException && message.contains("reset"))
          || message.contains("Connection was closed")) {
        return true;
      }
    }
    return false;
  }

  private static <T> @Nullable T find(Throwable failure, Class<T> type) {
    Throwable at = failure;
    for (int i = 0; at != null && i < MAX_CHAIN; i++, at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }

  private static String deepest(Throwable failure) {
    Throwable at = failure;
    for (int i = 0; at.getCause() != null && i < MAX_CHAIN; i++) {
      at = at.getCause();
    }
    return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
  }
}
