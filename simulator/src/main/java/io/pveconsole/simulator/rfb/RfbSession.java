// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import io.pveconsole.simulator.console.ConsoleChannel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RFB client: handshake with VNC authentication, then its messages; updates come from {@link
 * Updates}.
 */
final class RfbSession {
  private static final Logger LOG = LoggerFactory.getLogger(RfbSession.class);
  private static final int MAX_CUT_TEXT = 1 << 20;

  private final RfbServer server;
  private final Desktop desktop;
  private final Updates.Factory factory;
  private final ConsoleChannel channel;
  private final VncSecret secret;
  private final DataInputStream in;
  private volatile boolean shared = true;
  private volatile @Nullable Updates sender;

  RfbSession(
      RfbServer server,
      Desktop desktop,
      Updates.Factory factory,
      ConsoleChannel channel,
      VncSecret secret) {
    this.server = server;
    this.desktop = desktop;
    this.factory = factory;
    this.channel = channel;
    this.secret = secret;
    this.in = new DataInputStream(channel.toGuest().in());
  }

  boolean shared() {
    return shared;
  }

  void close() {
    channel.close();
  }

  void cutText(String text) {
    Updates target = sender;
    if (target != null) {
      target.cutText(text);
    }
  }

  void run() {
    try {
      DataOutputStream out = new DataOutputStream(new MessageBuffer(channel.toClient().out()));
      int minor = version(out);
      if (!authenticate(out, minor)) {
        return;
      }
      shared = in.readUnsignedByte() != 0;
      if (!server.enter(this, shared)) {
        return;
      }
      Updates updates = factory.of(out);
      sender = updates;
      channel.onClose(updates::stop);
      serverInit(out);
      Thread.ofVirtual().name("rfb-updates").start(() -> sendUpdates(updates));
      while (true) {
        message(updates);
      }
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", String.valueOf(e)).log("RFB client ended");
    } finally {
      channel.close();
    }
  }

  private void sendUpdates(Updates updates) {
    try {
      updates.run();
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", String.valueOf(e)).log("RFB client gone");
    } finally {
      channel.close();
    }
  }

  private int version(DataOutputStream out) throws IOException {
    out.write("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String reply = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    return switch (reply) {
      case "RFB 003.008\n" -> 8;
      case "RFB 003.007\n" -> 7;
      case "RFB 003.003\n" -> 3;
      default -> throw new IOException("not an RFB version: " + reply.length() + " bytes");
    };
  }

  private boolean authenticate(DataOutputStream out, int minor) throws IOException {
    if (minor == 3) {
      out.writeInt(2);
    } else {
      out.writeByte(1);
      out.writeByte(2);
      out.flush();
      if (in.readUnsignedByte() != 2) {
        throw new IOException("security type refused");
      }
    }
    byte[] challenge = new byte[16];
    new SecureRandom().nextBytes(challenge);
    out.write(challenge);
    out.flush();
    byte[] response = new byte[16];
    in.readFully(response);
    boolean accepted = secret.accepts(challenge, response);
    out.writeInt(accepted ? 0 : 1);
    if (!accepted && minor >= 8) {
      byte[] reason = "Authentication failed\0".getBytes(StandardCharsets.US_ASCII);
      out.writeInt(reason.length);
      out.write(reason);
    }
    out.flush();
    return accepted;
  }

  private void serverInit(DataOutputStream out) throws IOException {
    out.writeShort(desktop.frame().width());
    out.writeShort(desktop.frame().height());
    PixelFormat.SERVER.write(out);
    byte[] name = desktop.name().getBytes(StandardCharsets.UTF_8);
    out.writeInt(name.length);
    out.write(name);
    out.flush();
  }

  private void message(Updates updates) throws IOException {
    int type = in.readUnsignedByte();
    switch (type) {
      case 0 -> {
        in.skipNBytes(3);
        updates.format(PixelFormat.read(in));
      }
      case 2 -> {
        in.skipNBytes(1);
        int[] encodings = new int[in.readUnsignedShort()];
        for (int i = 0; i < encodings.length; i++) {
          encodings[i] = in.readInt();
        }
        updates.encodings(encodings);
      }
      case 3 -> {
        boolean incremental = in.readUnsignedByte() != 0;
        int x = in.readUnsignedShort();
        int y = in.readUnsignedShort();
        int width = in.readUnsignedShort();
        updates.request(incremental, x, y, width, in.readUnsignedShort());
      }
      case 4 -> {
        boolean down = in.readUnsignedByte() != 0;
        in.skipNBytes(2);
        int keysym = in.readInt();
        desktop.key(keysym, down);
        updates.input(keysym);
      }
      case 5 -> {
        int buttons = in.readUnsignedByte();
        int x = in.readUnsignedShort();
        int y = in.readUnsignedShort();
        desktop.pointer(x, y, buttons);
        updates.input(x << 16 | y);
      }
      case 6 -> cutTextFromClient();
      case 255 -> qemuMessage(updates);
      default -> throw new IOException("unknown message type " + type);
    }
  }

  /**
   * A negative length is the extended clipboard, which was not offered: QEMU ignores its content
   * too.
   */
  private void cutTextFromClient() throws IOException {
    in.skipNBytes(3);
    int length = in.readInt();
    if (length > MAX_CUT_TEXT || length < -MAX_CUT_TEXT) {
      throw new IOException("cut text too long");
    }
    byte[] text = new byte[Math.abs(length)];
    in.readFully(text);
    if (length > 0) {
      desktop.clipboard(new String(text, StandardCharsets.ISO_8859_1));
    }
  }

  private void qemuMessage(Updates updates) throws IOException {
    int subtype = in.readUnsignedByte();
    switch (subtype) {
      case 0 -> {
        boolean down = in.readUnsignedShort() != 0;
        int keysym = in.readInt();
        in.skipNBytes(4);
        desktop.key(keysym, down);
        updates.input(keysym);
      }
      case 1 -> {
        boolean setFormat = in.readUnsignedShort() == 2;
        in.skipNBytes(setFormat ? 6 : 0);
      }
      default -> throw new IOException("unknown QEMU message " + subtype);
    }
  }
}
