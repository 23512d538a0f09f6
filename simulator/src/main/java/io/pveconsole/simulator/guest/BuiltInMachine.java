// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import io.pveconsole.simulator.console.ConsoleChannel;
import io.pveconsole.simulator.rfb.Desktop;
import io.pveconsole.simulator.rfb.Keysyms;
import io.pveconsole.simulator.rfb.RfbServer;
import io.pveconsole.simulator.rfb.VncSecret;
import io.pveconsole.simulator.screen.Framebuffer;
import io.pveconsole.simulator.screen.GuestScreen;
import io.pveconsole.simulator.terminal.SharedShell;
import io.pveconsole.simulator.terminal.TermSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A guest made of a text screen and a shell. A virtual machine has one VNC server with one
 * password; a container gets a server with a password of its own for each console, as vncterm does.
 */
public final class BuiltInMachine implements Machine, Desktop {
  private final Supplier<String> name;
  private final GuestType type;
  private final Clock clock;
  private final Duration passwordLife;
  private final GuestScreen screen;
  private final SharedShell shell;
  private final RfbServer server = new RfbServer(this);
  private final Set<RfbServer> servers = ConcurrentHashMap.newKeySet();
  private final VncSecret secret;
  private final Keysyms keys = new Keysyms();
  private final InputLog inputs = new InputLog();
  private final Set<ConsoleChannel> channels = ConcurrentHashMap.newKeySet();

  /**
   * Boots a guest.
   *
   * @param title what the status bar says of it
   */
  public BuiltInMachine(
      Supplier<String> name,
      Supplier<String> title,
      GuestType type,
      Clock clock,
      Duration passwordLife) {
    this.name = name;
    this.type = type;
    this.clock = clock;
    this.passwordLife = passwordLife;
    secret = new VncSecret(clock);
    screen = new GuestScreen(title, clock);
    servers.add(server);
    shell =
        new SharedShell(
            name, clock, screen::write, text -> servers.forEach(server -> server.copy(text)));
  }

  @Override
  public void vnc(ConsoleChannel channel, String password) {
    add(channel);
    if (type == GuestType.LXC) {
      VncSecret own = new VncSecret(clock);
      own.set(password, clock.instant().plus(passwordLife));
      RfbServer vncterm = new RfbServer(this);
      servers.add(vncterm);
      channel.onClose(() -> servers.remove(vncterm));
      vncterm.serve(channel, own);
    } else {
      secret.set(password, clock.instant().plus(passwordLife));
      server.serve(channel, secret);
    }
  }

  @Override
  public void terminal(ConsoleChannel channel, Predicate<String> login) {
    add(channel);
    TermSession session = new TermSession(channel, shell, login, inputs::add);
    Thread.ofVirtual().name("terminal").start(session::run);
  }

  @Override
  public String screenText() {
    return screen.text();
  }

  @Override
  public String inputText() {
    return inputs.text();
  }

  /** Moves the clock and the cursor; only worth it while somebody looks. */
  void tick() {
    if (!channels.isEmpty()) {
      screen.tick();
    }
  }

  /** Switches the clock and the blinking cursor off, for tests of silence. */
  void still(boolean on) {
    screen.still(on);
  }

  /** Begins anew with a clear screen, as a guest that resets itself. */
  void reset() {
    shell.reset();
  }

  @Override
  public void cutConsoles() {
    channels.forEach(ConsoleChannel::close);
    screen.refresh();
  }

  @Override
  public void close() {
    cutConsoles();
  }

  @Override
  public String name() {
    return type == GuestType.QEMU ? "QEMU (" + name.get() + ")" : "VNC Command Terminal";
  }

  @Override
  public Framebuffer frame() {
    return screen.frame();
  }

  @Override
  public void key(int keysym, boolean down) {
    inputs.key(keysym, down);
    String typed;
    synchronized (keys) {
      typed = keys.input(keysym, down);
    }
    if (!typed.isEmpty()) {
      shell.input(typed);
    }
  }

  @Override
  public void pointer(int x, int y, int buttons) {
    inputs.pointer(x, y, buttons);
    screen.pointer(x, y, buttons);
  }

  @Override
  public void clipboard(String text) {
    shell.pasted(text);
  }

  private void add(ConsoleChannel channel) {
    channels.add(channel);
    channel.onClose(() -> channels.remove(channel));
    screen.refresh();
  }
}
