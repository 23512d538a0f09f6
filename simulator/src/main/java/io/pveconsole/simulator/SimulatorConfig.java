// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import io.pveconsole.simulator.guest.GuestSpec;
import io.pveconsole.simulator.guest.MachineSettings;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How to set a simulator up; immutable. Everything has a default, credentials are random. */
public final class SimulatorConfig {
  private final Builder values;

  private SimulatorConfig(Builder values) {
    this.values = values;
  }

  /** Starts with the defaults: two nodes on free ports, the default guests, new style. */
  public static Builder builder() {
    return new Builder();
  }

  /** The defaults. */
  public static SimulatorConfig defaults() {
    return builder().build();
  }

  InetAddress bind() {
    return values.bind;
  }

  List<NodeSpec> nodes() {
    return values.nodes;
  }

  List<GuestSpec> guests() {
    List<GuestSpec> given = values.guests;
    return given != null
        ? given
        : GuestSpec.defaults(
            values.nodes.getFirst().name(),
            values.nodes.get(Math.min(1, values.nodes.size() - 1)).name());
  }

  ConsoleStyle style() {
    return values.style;
  }

  Timings timings() {
    return values.timings;
  }

  Clock clock() {
    return values.clock;
  }

  String username() {
    return values.username;
  }

  String password() {
    return values.password;
  }

  String tokenId() {
    return values.username + "!" + values.tokenName;
  }

  String tokenSecret() {
    return values.tokenSecret;
  }

  long frameSeed() {
    return values.frameSeed;
  }

  boolean brutal() {
    return values.brutal;
  }

  MachineSettings toMachineSettings() {
    return new MachineSettings(values.clock, values.timings.vncPasswordLife(), values.qemuGuests);
  }

  /** Collects values; each has a default. */
  public static final class Builder {
    private InetAddress bind = InetAddress.getLoopbackAddress();
    private List<NodeSpec> nodes = List.of(new NodeSpec("pve1", 0), new NodeSpec("pve2", 0));
    private @Nullable List<GuestSpec> guests;
    private ConsoleStyle style = ConsoleStyle.NEW;
    private Timings timings = Timings.proxmox();
    private Clock clock = Clock.systemUTC();
    private String username = "relay@pve";
    private String password = randomPassword();
    private String tokenName = "k8s";
    private String tokenSecret = UUID.randomUUID().toString();
    private long frameSeed = 1;
    private boolean brutal;
    private Set<Integer> qemuGuests = Set.of();

    private Builder() {}

    /** The address to listen on; default loopback. */
    public Builder bind(InetAddress address) {
      bind = address;
      return this;
    }

    /** The cluster's nodes, at least one. */
    public Builder nodes(List<NodeSpec> specs) {
      if (specs.isEmpty()) {
        throw new IllegalArgumentException("a cluster has at least one node");
      }
      nodes = List.copyOf(specs);
      return this;
    }

    /** The guests; by default {@link GuestSpec#defaults}. */
    public Builder guests(List<GuestSpec> specs) {
      guests = List.copyOf(specs);
      return this;
    }

    /** Which release to imitate. */
    public Builder style(ConsoleStyle value) {
      style = value;
      return this;
    }

    /** Waits of the machine's own time. */
    public Builder timings(Timings value) {
      timings = value;
      return this;
    }

    /** The clock of ticket ages, password expiry and the clocks people see. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** The service account, {@code USER@REALM}. */
    public Builder username(String value) {
      username = value;
      return this;
    }

    /** The service account's password. */
    public Builder password(String value) {
      password = value;
      return this;
    }

    /** The name of the service account's token, the part after the exclamation mark. */
    public Builder tokenName(String value) {
      tokenName = value;
      return this;
    }

    /** The token's secret. */
    public Builder tokenSecret(String value) {
      tokenSecret = value;
      return this;
    }

    /** Where frames are cut. */
    public Builder frameSeed(long value) {
      frameSeed = value;
      return this;
    }

    /**
     * Imitate a host without libev-perl: a dead port or a bad frame kills a worker instead of
     * hanging.
     */
    public Builder workersDie(boolean value) {
      brutal = value;
      return this;
    }

    /** Guests to be backed by a real QEMU; needs qemu-system-x86_64. */
    public Builder qemuGuests(Set<Integer> vmids) {
      qemuGuests = Set.copyOf(vmids);
      return this;
    }

    /** The finished configuration. */
    public SimulatorConfig build() {
      return new SimulatorConfig(copy());
    }

    private Builder copy() {
      Builder copy = new Builder();
      copy.bind = bind;
      copy.nodes = nodes;
      copy.guests = guests;
      copy.style = style;
      copy.timings = timings;
      copy.clock = clock;
      copy.username = username;
      copy.password = password;
      copy.tokenName = tokenName;
      copy.tokenSecret = tokenSecret;
      copy.frameSeed = frameSeed;
      copy.brutal = brutal;
      copy.qemuGuests = qemuGuests;
      return copy;
    }

    private static String randomPassword() {
      byte[] bytes = new byte[12];
      new SecureRandom().nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    }
  }
}
