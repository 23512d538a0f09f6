// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import io.pveconsole.simulator.guest.GuestConsole;
import io.pveconsole.simulator.guest.GuestSpec;
import io.pveconsole.simulator.guest.GuestType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads guests from a file, one a line; empty lines and those with a hash sign are skipped. */
final class GuestFile {
  private static final Pattern LINE =
      Pattern.compile(
          "([1-9]\\d{2,8})\\s+(\\S{1,60})\\s+(qemu|lxc)\\s+(\\S+)\\s+(running|stopped|template)(\\s+serial)?(?:\\s+console=(\\S+))?");

  private GuestFile() {}

  static List<GuestSpec> read(Path file, List<NodeSpec> nodes) {
    List<GuestSpec> guests = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          guests.add(guest(line.strip(), nodes));
        }
      }
    } catch (IOException e) {
      throw new StartFailure("--guests: cannot read " + file + ": does the file exist?");
    }
    return guests;
  }

  private static GuestSpec guest(String line, List<NodeSpec> nodes) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new StartFailure(
          "--guests: not 'VMID NAME qemu|lxc NODE running|stopped|template [serial]"
              + " [console=KIND]': "
              + line);
    }
    String node = parts.group(4);
    if (nodes.stream().noneMatch(n -> n.name().equals(node))) {
      throw new StartFailure("--guests: no node '" + node + "'; add it to --nodes.");
    }
    return new GuestSpec(
        Integer.parseInt(parts.group(1)),
        parts.group(2),
        parts.group(3).equals("qemu") ? GuestType.QEMU : GuestType.LXC,
        node,
        parts.group(5).equals("running"),
        parts.group(5).equals("template"),
        parts.group(6) != null,
        console(parts.group(7), parts.group(3), line));
  }

  private static GuestConsole console(@Nullable String kind, String type, String line) {
    if (kind == null) {
      return new GuestConsole.Shell();
    }
    if (type.equals("lxc")) {
      throw new StartFailure("--guests: a container has no console=: " + line);
    }
    try {
      return GuestConsole.parse(kind);
    } catch (IllegalArgumentException e) {
      throw new StartFailure("--guests: console= is echo, firehose or firehose:MB/s: " + line);
    }
  }
}
