// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import io.pveconsole.simulator.console.ConsoleChannel;
import io.pveconsole.simulator.rfb.Desktop;
import io.pveconsole.simulator.rfb.RfbServer;
import io.pveconsole.simulator.rfb.VncSecret;
import io.pveconsole.simulator.screen.Framebuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A virtual machine for measurements: its picture costs nothing to make. Of what a client does not
 * take it keeps little, so that hundreds of slow ones can look at it.
 */
final class BenchMachine implements Machine, Desktop {
  private static final int WIDTH = 254;
  private static final int HEIGHT = 64;
  private static final long QUEUE_BYTES = 256 * 1024;

  private final Supplier<String> name;
  private final MachineSettings settings;
  private final RfbServer server;
  private final VncSecret secret;
  private final Framebuffer frame = new Framebuffer(WIDTH, HEIGHT);
  private final Set<ConsoleChannel> channels = ConcurrentHashMap.newKeySet();

  private BenchMachine(
      Supplier<String> name, MachineSettings settings, Function<Desktop, RfbServer> server) {
    this.name = name;
    this.settings = settings;
    this.server = server.apply(this);
    this.secret = new VncSecret(settings.clock());
  }

  static BenchMachine echo(Supplier<String> name, MachineSettings settings) {
    return new BenchMachine(name, settings, RfbServer::echo);
  }

  /** Sends so many bytes a second to each client; 0 means as much as it takes. */
  static BenchMachine firehose(Supplier<String> name, MachineSettings settings, long rate) {
    return new BenchMachine(name, settings, desktop -> RfbServer.firehose(desktop, rate));
  }

  @Override
  public void vnc(ConsoleChannel channel, String password) {
    channels.add(channel);
    channel.onClose(() -> channels.remove(channel));
    channel.toClient().limit(QUEUE_BYTES);
    secret.set(password, settings.clock().instant().plus(settings.passwordLife()));
    server.serve(channel, secret);
  }

  @Override
  public void terminal(ConsoleChannel channel, Predicate<String> login) {
    channel.close();
  }

  @Override
  public String screenText() {
    return "";
  }

  @Override
  public void cutConsoles() {
    channels.forEach(ConsoleChannel::close);
  }

  @Override
  public void close() {
    cutConsoles();
  }

  @Override
  public String name() {
    return "QEMU (" + name.get() + ")";
  }

  @Override
  public Framebuffer frame() {
    return frame;
  }

  @Override
  public void key(int keysym, boolean down) {}

  @Override
  public void pointer(int x, int y, int buttons) {}

  @Override
  public void clipboard(String text) {}
}
