// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses on which processes of this machine accept TCP connections; Linux only. */
public final class ListeningSockets {

  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningSockets() {}

  /** One address for each socket; none for processes that listen on nothing. */
  public static List<InetAddress> of(Stream<ProcessHandle> processes) {
    Set<String> sockets =
        processes.flatMap(ListeningSockets::socketsOf).collect(Collectors.toSet());
    List<InetAddress> addresses = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : lines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > INODE
            && fields[STATE].equals(LISTEN)
            && sockets.contains("socket:[" + fields[INODE] + "]")) {
          addresses.add(address(fields[LOCAL_ADDRESS].split(":")[0]));
        }
      }
    }
    return addresses;
  }

  /** A process may end while it is looked at. */
  private static Stream<String> socketsOf(ProcessHandle process) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      return files.flatMap(ListeningSockets::target).toList().stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty();
    }
  }

  private static Stream<String> target(Path file) {
    try {
      return Stream.of(Files.readSymbolicLink(file).toString());
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kernel writes words of four bytes, each with the lowest byte first (on x86 and ARM). */
  private static InetAddress address(String hex) {
    byte[] written = HexFormat.of().parseHex(hex);
    byte[] bytes = new byte[written.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = written[i / 4 * 4 + 3 - i % 4];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
