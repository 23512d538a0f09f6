// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** One open console with a test at both of its ends: as browser and as guest. */
public final class OpenConsole implements AutoCloseable {

  public static final String OK = "OK";

  public final RawProxmox proxmox;
  public final RunningRelay relay;
  public RawBrowser browser;
  public RawConsole guest;

  private OpenConsole(RawProxmox proxmox, RunningRelay relay) {
    this.proxmox = proxmox;
    this.relay = relay;
  }

  /** A relay whose grant was changed before the first open; nothing is open yet. */
  public static OpenConsole prepared(
      Path directory, ConsoleTimes times, ConsoleKind kind, UnaryOperator<Grant> change)
      throws Exception {
    RawProxmox proxmox = new RawProxmox();
    RunningRelay relay =
        new RunningRelay(
            directory,
            true,
            RunningRelay.Setup.usual().with(times).at(proxmox.url(), proxmox.fingerprint()));
    Grant fresh = Grants.fresh(RunningRelay.SESSION, Instant.now());
    relay.grants.put(change.apply(Grants.of(fresh, kind == ConsoleKind.VNC ? 100 : 200, kind)));
    return new OpenConsole(proxmox, relay);
  }

  /** A screen, both handshakes done. */
  public static OpenConsole vnc(Path directory, UnaryOperator<Grant> change) throws Exception {
    return vnc(directory, ConsoleTimes.standard(), change);
  }

  public static OpenConsole vnc(Path directory, ConsoleTimes times, UnaryOperator<Grant> change)
      throws Exception {
    OpenConsole console = prepared(directory, times, ConsoleKind.VNC, change);
    console.open("pveconsole.v1");
    console.guest.login();
    console.browser.greet();
    console.guest.read(1);
    console.guest.send(RawConsole.serverInit("raw"));
    console.browser.init();
    return console;
  }

  /** A terminal, logged in. */
  public static OpenConsole terminal(
      Path directory, ConsoleTimes times, UnaryOperator<Grant> change) throws Exception {
    OpenConsole console = prepared(directory, times, ConsoleKind.Terminal, change);
    console.open("pveconsole.v1");
    console.guest.read("a@pve:t\n".length());
    console.guest.send(OK);
    console.browser.controlOf("ready");
    return console;
  }

  /** Connects browser and guest. */
  public void open(String protocol) throws Exception {
    browser = RawBrowser.open(relay, RunningRelay.SESSION, protocol);
    guest = proxmox.next();
  }

  /** Changes the grant and waits until the open socket is told; the time that took. */
  public Duration patch(UnaryOperator<Grant> change) throws Exception {
    Instant began = Instant.now();
    relay.grants.edit(RunningRelay.SESSION, change);
    told = browser.controlOf("policy");
    return Duration.between(began, Instant.now());
  }

  private JsonObject told;

  /** What the browser was told last. */
  public JsonObject told() {
    return told;
  }

  @Override
  public void close() throws Exception {
    if (guest != null) {
      guest.close();
    }
    if (browser != null) {
      browser.close();
    }
    relay.close();
    proxmox.close();
  }
}
