// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import io.pveconsole.simulator.StartFailure;
import io.pveconsole.simulator.console.ConsoleChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A guest backed by a real QEMU, started as Proxmox starts it towards VNC: {@code -vnc
 * unix:…,password=on}, the password set through QMP when a console connects. It boots a sector that
 * greets and echoes what is typed.
 */
final class QemuMachine implements Machine {
  private static final Logger LOG = LoggerFactory.getLogger(QemuMachine.class);
  private static final String PROGRAM = "qemu-system-x86_64";
  private static final String DIRECT = "direct";
  private static final Duration START_LIMIT = Duration.ofSeconds(15);

  private final Process process;
  private final Path directory;
  private final Path vnc;
  private final QmpClient qmp;
  private final Duration passwordLife;
  private final Set<ConsoleChannel> channels = ConcurrentHashMap.newKeySet();

  private QemuMachine(
      Process process, Path directory, Path vnc, QmpClient qmp, Duration passwordLife) {
    this.process = process;
    this.directory = directory;
    this.vnc = vnc;
    this.qmp = qmp;
    this.passwordLife = passwordLife;
  }

  /**
   * Starts QEMU and waits until it can be spoken to.
   *
   * @throws StartFailure when QEMU is missing or ends at once
   */
  static QemuMachine start(Guest guest, Duration passwordLife) {
    try {
      Path directory = Files.createTempDirectory("pvesim-" + guest.vmid() + "-");
      try {
        return start(guest, directory, passwordLife);
      } catch (IOException | RuntimeException e) {
        delete(directory);
        throw e;
      }
    } catch (IOException e) {
      throw new StartFailure(
          "QEMU for guest " + guest.vmid() + " did not start: " + e.getMessage() + ".");
    }
  }

  private static QemuMachine start(Guest guest, Path directory, Duration passwordLife)
      throws IOException {
    Path disk = Files.write(directory.resolve("disk"), BootSector.image(guest));
    Path vnc = directory.resolve("vnc");
    Path monitor = directory.resolve("qmp");
    Process process = launch(guest, directory, disk, vnc, monitor);
    try {
      QmpClient qmp = QmpClient.connect(monitor, process, START_LIMIT);
      return new QemuMachine(process, directory, vnc, qmp, passwordLife);
    } catch (IOException e) {
      process.destroyForcibly();
      String output = Files.readString(directory.resolve("log")).strip();
      throw new IOException(output.isEmpty() ? e.getMessage() : output, e);
    }
  }

  private static Process launch(Guest guest, Path directory, Path disk, Path vnc, Path monitor) {
    List<String> command =
        List.of(
            PROGRAM,
            "-name",
            guest.name(),
            "-machine",
            "pc",
            "-accel",
            "kvm",
            "-accel",
            "tcg",
            "-m",
            "32",
            "-nodefaults",
            "-no-user-config",
            "-vga",
            "std",
            "-drive",
            "file=" + disk + ",format=raw,if=ide",
            "-vnc",
            "unix:" + vnc + ",password=on",
            "-vnc",
            "unix:" + directory.resolve(DIRECT),
            "-qmp",
            "unix:" + monitor + ",server=on,wait=off");
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(directory.resolve("log").toFile())
          .start();
    } catch (IOException e) {
      throw new StartFailure(
          "Guest "
              + guest.vmid()
              + " is to be backed by QEMU, but "
              + PROGRAM
              + " cannot be run: install it (Debian: apt-get install qemu-system-x86) or leave"
              + " --qemu out.");
    }
  }

  @Override
  public void vnc(ConsoleChannel channel, String password) {
    channels.add(channel);
    channel.onClose(() -> channels.remove(channel));
    try {
      qmp.vncPassword(password, passwordLife);
      SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(vnc));
      channel.onClose(() -> close(socket));
      copy(channel, channel.toGuest().in(), Channels.newOutputStream(socket));
      copy(channel, Channels.newInputStream(socket), channel.toClient().out());
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("QEMU's VNC server is away");
      channel.close();
    }
  }

  /** A QEMU guest has no serial port here, so its terminal ends at once. */
  @Override
  public void terminal(ConsoleChannel channel, Predicate<String> login) {
    channel.close();
  }

  @Override
  public String screenText() {
    try {
      return qmp.textScreen();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("cannot read QEMU's screen");
      return "";
    }
  }

  /** A second VNC server of the same QEMU, without a password and past Proxmox, for tests. */
  Path direct() {
    return directory.resolve(DIRECT);
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public void cutConsoles() {
    channels.forEach(ConsoleChannel::close);
  }

  @Override
  public void close() {
    cutConsoles();
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      delete(directory);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("QEMU's files remain");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path directory) throws IOException {
    for (String file : List.of("disk", "vnc", DIRECT, "qmp", "log")) {
      Files.deleteIfExists(directory.resolve(file));
    }
    Files.deleteIfExists(directory);
  }

  private static void copy(ConsoleChannel channel, InputStream from, OutputStream to) {
    Thread.ofVirtual()
        .name("qemu-copy")
        .start(
            () -> {
              try {
                byte[] buffer = new byte[64 * 1024];
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                  to.write(buffer, 0, n);
                }
              } catch (IOException e) {
                LOG.atDebug().addKeyValue("reason", e.getMessage()).log("QEMU console ended");
              } finally {
                channel.close();
              }
            });
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("closing QEMU's socket");
    }
  }
}
