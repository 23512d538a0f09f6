// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The system's own transport, which tells those who dial a {@link WatchedAddress}, and which takes
 * little at a time: what a browser does not take is to stay where it comes from.
 */
public final class WatchingTransport implements Transport {

  private static final String EPOLL = "epoll";

  /** What the kernel keeps for a browser beside what is under way. Linux's tcp(7). */
  private static final long UNSENT_BYTES = 128 * 1024;

  /** So many, of up to 64 KiB each, before it is the next connection's turn. */
  private static final int READS_IN_A_ROW = 4;

  private final Transport system;
  private final boolean epoll;
  private final LoopReadBuffer reads;

  private WatchingTransport(Transport system, boolean epoll) {
    this.system = system;
    this.epoll = epoll;
    this.reads = new LoopReadBuffer(READS_IN_A_ROW);
  }

  /** Vert.x on this transport: epoll where there is one, else NIO. */
  public static Vertx vertx(VertxOptions options) {
    io.vertx.core.transport.Transport best = io.vertx.core.transport.Transport.nativeTransport();
    io.vertx.core.transport.Transport system =
        best != null && best.available() ? best : io.vertx.core.transport.Transport.NIO;
    Transport watching =
        new WatchingTransport(system.implementation(), EPOLL.equals(system.name()));
    return Vertx.builder().with(options).withTransport(new Named(system, watching)).build();
  }

  private record Named(io.vertx.core.transport.Transport system, Transport implementation)
      implements io.vertx.core.transport.Transport {

    @Override
    public String name() {
      return system.name();
    }

    @Override
    public boolean available() {
      return system.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
      return system.unavailabilityCause();
    }
  }

  @Override
  public java.net.SocketAddress convert(SocketAddress address) {
    return address instanceof WatchedAddress watched
        ? new WatchedSocketAddress(watched)
        : system.convert(address);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    ChannelFactory<? extends Channel> factory = system.channelFactory(domainSocket);
    return () -> {
      Channel channel = factory.newChannel();
      channel.pipeline().addLast(new AcceptanceTeller());
      return channel;
    };
  }

  @Override
  public boolean supportsDomainSockets() {
    return system.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return system.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return system.isAvailable();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return system.unavailabilityCause();
  }

  @Override
  public SocketAddress convert(java.net.SocketAddress address) {
    return system.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return system.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
    return system.eventLoopGroup(type, threads, factory, ioRatio);
  }

  @Override
  @SuppressWarnings("deprecation") // the type is in the signature of Vert.x
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return system.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return system.datagramChannelFactory();
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return system.serverChannelFactory(domainSocket);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    system.configure(channel, options);
  }

  @Override
  public void configure(TcpConfig options, boolean domainSocket, Bootstrap bootstrap) {
    system.configure(options, domainSocket, bootstrap);
    bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, reads);
  }

  @Override
  public void configure(TcpConfig options, boolean domainSocket, ServerBootstrap bootstrap) {
    system.configure(options, domainSocket, bootstrap);
    if (epoll) {
      bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
    }
  }
}
