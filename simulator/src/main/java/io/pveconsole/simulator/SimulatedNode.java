// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import io.pveconsole.simulator.http.NodeListener;
import io.pveconsole.simulator.http.RequestHandler;
import io.pveconsole.simulator.tls.CertificateAuthority;
import io.pveconsole.simulator.tls.NodeCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import javax.net.ssl.SSLContext;

/** One node: its certificate of the moment, its port, and the faults that concern connections. */
final class SimulatedNode implements NodeListener.Gate, Faults.Listener, AutoCloseable {
  private final String name;
  private final InetAddress bind;
  private final CertificateAuthority authority;
  private final Clock clock;
  private final Faults faults;
  private final NodeListener listener;
  private final NodeCertificate next;
  private volatile NodeCertificate certificate;
  private volatile SSLContext context;

  SimulatedNode(
      NodeSpec spec,
      SimulatorConfig config,
      CertificateAuthority authority,
      Faults faults,
      RequestHandler handler)
      throws IOException {
    name = spec.name();
    bind = config.bind();
    clock = config.clock();
    this.authority = authority;
    this.faults = faults;
    next = authority.issueFor(name, bind, clock.instant());
    certificate = authority.issueFor(name, bind, clock.instant());
    context = certificate.serverContext();
    InetSocketAddress address = new InetSocketAddress(bind, spec.port());
    listener = new NodeListener(address, this, handler, config.timings(), clock);
    faults.listen(this);
  }

  Endpoint endpoint() {
    InetSocketAddress address = listener.address();
    String literal = address.getAddress().getHostAddress();
    String host = literal.contains(":") ? "[" + literal + "]" : literal;
    return new Endpoint(
        name, "https://" + host + ":" + address.getPort(), certificate.fingerprint());
  }

  @Override
  public SSLContext context() {
    return context;
  }

  @Override
  public boolean denies() {
    return faults.strike(Fault.DENY_CONNECTIONS, name).isPresent();
  }

  @Override
  public boolean swallows() {
    return faults.strike(Fault.BLACKHOLE, name).isPresent();
  }

  @Override
  public boolean hangs() {
    return faults.strike(Fault.HANG_AFTER_TLS, name).isPresent();
  }

  @Override
  public void switched(Fault fault, Faults.Setting setting, boolean on) {
    if (!setting.node().isEmpty() && !setting.node().equals(name)) {
      return;
    }
    if (fault == Fault.REFUSE_CONNECTIONS) {
      listen(!on);
    } else if (fault == Fault.CERTIFICATE_SWAP && on) {
      present(
          switch (setting.value()) {
            case "foreign" -> issued(new CertificateAuthority(clock.instant()));
            case "next" -> next;
            default -> issued(authority);
          });
    } else if (fault == Fault.CERTIFICATE_SWAP) {
      present(issued(authority));
    }
  }

  /** Cuts every connection, consoles among them; the port stays open. */
  void cut() {
    try {
      listener.cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the port and cuts every connection, until {@link #up}. */
  void down() {
    listen(false);
    cut();
  }

  /** Opens the port again. */
  void up() {
    listen(true);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private NodeCertificate issued(CertificateAuthority issuer) {
    return issuer.issueFor(name, bind, clock.instant());
  }

  private void present(NodeCertificate shown) {
    certificate = shown;
    context = shown.serverContext();
  }

  private void listen(boolean open) {
    try {
      if (open) {
        listener.listenAgain();
      } else {
        listener.refuse();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
