// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command line.
 *
 * @param controlPort 0 for any free port
 */
record Options(SimulatorConfig config, Path directory, int controlPort) {
  static final String USAGE =
      """
      Usage: java -jar pveconsole-simulator.jar [option]...
        --bind ADDRESS          listen here (127.0.0.1)
        --nodes NAME:PORT,...   nodes of the cluster; port 0 is any free one (pve1:8006,pve2:8007)
        --dir DIR               write simulator.json and pve-root-ca.pem here (./simulator-data)
        --control-port PORT     control interface on loopback; 0 is any free one (0)
        --guests FILE|default   guests, one a line: VMID NAME qemu|lxc NODE running|stopped|template [serial]
                                [console=echo|firehose|firehose:MB/s]
        --style new|old         consoles as since April 2026, or as before (new)
        --qemu VMID,...         back these guests by a real qemu-system-x86_64
        --password TEXT         password of relay@pve (random)
        --token-secret UUID     secret of the token relay@pve!k8s (random)
        --workers-die           dead ports and bad frames kill a worker, as without libev-perl
      """;

  private static final Set<String> KEYS =
      Set.of(
          "--bind",
          "--nodes",
          "--dir",
          "--control-port",
          "--guests",
          "--style",
          "--qemu",
          "--password",
          "--token-secret");

  static Options parse(String[] args) {
    Map<String, String> given = new HashMap<>();
    boolean workersDie = false;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--workers-die")) {
        workersDie = true;
      } else if (!KEYS.contains(args[i])) {
        throw new StartFailure("Unknown option " + args[i] + "; --help lists them.");
      } else if (i + 1 == args.length) {
        throw new StartFailure("Option " + args[i] + " needs a value.");
      } else {
        given.put(args[i], args[++i]);
      }
    }
    Path directory = Path.of(given.getOrDefault("--dir", "simulator-data")).toAbsolutePath();
    SimulatorConfig.Builder config =
        SimulatorConfig.builder()
            .bind(address(given.getOrDefault("--bind", "127.0.0.1")))
            .style(style(given.getOrDefault("--style", "new")))
            .workersDie(workersDie)
            .qemuGuests(numbers(given.getOrDefault("--qemu", "")));
    List<NodeSpec> nodes = nodes(given.getOrDefault("--nodes", "pve1:8006,pve2:8007"));
    config.nodes(nodes);
    String guests = given.getOrDefault("--guests", "default");
    if (!guests.equals("default")) {
      config.guests(GuestFile.read(Path.of(guests), nodes));
    }
    if (given.containsKey("--password")) {
      config.password(given.getOrDefault("--password", ""));
    }
    if (given.containsKey("--token-secret")) {
      config.tokenSecret(given.getOrDefault("--token-secret", ""));
    }
    int control = port(given.getOrDefault("--control-port", "0"));
    return new Options(config.build(), directory, control);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new StartFailure("--bind: not an address of this machine: " + text + ".");
    }
  }

  private static List<NodeSpec> nodes(String text) {
    try {
      return NodeSpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StartFailure("--nodes: " + e.getMessage() + ".");
    }
  }

  private static ConsoleStyle style(String text) {
    return switch (text) {
      case "new" -> ConsoleStyle.NEW;
      case "old" -> ConsoleStyle.OLD;
      default -> throw new StartFailure("--style is new or old, not " + text + ".");
    };
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
      throw new StartFailure("--control-port: not a port: " + text + ".");
    }
    return Integer.parseInt(text);
  }

  private static Set<Integer> numbers(String text) {
    if (text.isEmpty()) {
      return Set.of();
    }
    if (!text.matches("\\d{3,9}(,\\d{3,9})*")) {
      throw new StartFailure("--qemu: expected VMID,VMID and so on, not " + text + ".");
    }
    return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
  }
}
