// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import io.pveconsole.simulator.api.Api;
import io.pveconsole.simulator.api.ClusterState;
import io.pveconsole.simulator.auth.Accounts;
import io.pveconsole.simulator.auth.AuthKey;
import io.pveconsole.simulator.auth.Issued;
import io.pveconsole.simulator.auth.Tickets;
import io.pveconsole.simulator.console.Consoles;
import io.pveconsole.simulator.console.TaskLog;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import io.pveconsole.simulator.guest.Guest;
import io.pveconsole.simulator.guest.Guests;
import io.pveconsole.simulator.guest.Machines;
import io.pveconsole.simulator.tls.CertificateAuthority;
import io.pveconsole.simulator.tls.Pem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running Proxmox VE cluster that behaves like one towards a console client. Besides the service
 * account there are {@code auditor@pve} (VM.Audit only), {@code tfa@pve} (second factor {@code
 * 123456}) and {@code root@pam}, all with the same password, and the token {@code …!bare}, which
 * has no rights of its own.
 */
public final class ProxmoxSimulator implements AutoCloseable {
  private static final String[] CONSOLE_RIGHTS = {"VM.Console", "VM.Audit"};

  private final SimulatorConfig config;
  private final ScheduledExecutorService timer;
  private final Faults faults = new Faults();
  private final Accounts accounts = new Accounts();
  private final TaskLog tasks;
  private final Consoles consoles;
  private final Guests guests;
  private final String caPem;
  private final Map<String, SimulatedNode> nodes = new ConcurrentHashMap<>();
  private final List<NodeSpec> specs;
  private final AuthKey key = new AuthKey();
  private final Tickets tickets;
  private volatile String password;
  private volatile String tokenSecret;

  private ProxmoxSimulator(SimulatorConfig config) {
    this.config = config;
    specs = config.nodes();
    password = config.password();
    tokenSecret = config.tokenSecret();
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulator-timer").factory());
    tasks = new TaskLog(config.clock());
    consoles = new Consoles(tasks, config.timings(), timer);
    CertificateAuthority authority = new CertificateAuthority(config.clock().instant());
    caPem = Pem.certificate(authority.certificate());
    guests = new Guests(config.guests(), new Machines(config.toMachineSettings()), config.clock());
    tickets = new Tickets(key, config.clock());
    fillAccounts();
    try {
      start(authority);
    } catch (IOException | RuntimeException e) {
      close();
      throw e instanceof IOException io ? new StartFailure(io) : (RuntimeException) e;
    }
  }

  /**
   * Starts a cluster.
   *
   * @throws StartFailure when a port or QEMU cannot be had; the message names the cure
   */
  public static ProxmoxSimulator start(SimulatorConfig config) {
    return new ProxmoxSimulator(config);
  }

  /** The nodes' URLs and fingerprints, in the order configured. */
  public List<Endpoint> endpoints() {
    return specs.stream().map(s -> node(s.name()).endpoint()).toList();
  }

  /** One node's URL and fingerprint. */
  public Endpoint endpoint(String node) {
    return node(node).endpoint();
  }

  /** The CA as {@code pve-root-ca.pem} has it. */
  public String caPem() {
    return caPem;
  }

  /** The service account, {@code USER@REALM}. */
  public String username() {
    return config.username();
  }

  /** The service account's password of now. */
  public String password() {
    return password;
  }

  /** The service account's token id. */
  public String tokenId() {
    return config.tokenId();
  }

  /** The token's secret of now. */
  public String tokenSecret() {
    return tokenSecret;
  }

  /** Gives the service account another password, as {@code pveum passwd} does; tickets stay. */
  public void changePassword(String text) {
    password = text;
    accounts.put(new Accounts.User(config.username(), text, true, null));
  }

  /** Gives the service account's token another secret; the old one is refused at once. */
  public void changeTokenSecret(String secret) {
    tokenSecret = secret;
    accounts.put(new Accounts.Token(config.tokenId(), secret, true));
  }

  /** Adds a token of the service account with the same rights, for a rotation that overlaps. */
  public void addToken(String id, String secret) {
    accounts.put(new Accounts.Token(id, secret, true));
    accounts.grant("/vms", id, CONSOLE_RIGHTS);
  }

  /** Cuts all connections to a node, consoles among them; new ones are welcome. */
  public void cut(String node) {
    node(node).cut();
  }

  /** Restarts a node's pveproxy: everything is cut, and nothing listens for a while. */
  public void restartService(String node, Duration down) {
    SimulatedNode restarted = node(node);
    restarted.down();
    ScheduledFuture<?> unused =
        timer.schedule(restarted::up, down.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The guests: start, stop, migrate, replace. */
  public Guests guests() {
    return guests;
  }

  /** The text on a guest's screen, status bar first; empty when it does not run. */
  public String screenText(int vmid) {
    return guests.screenText(vmid);
  }

  /** The secrets handed out to clients so far, oldest first. */
  public List<Issued.Secret> issued() {
    return tickets.issued().all();
  }

  /** Users, tokens, rights. */
  public Accounts accounts() {
    return accounts;
  }

  /** Faults to switch on and off. */
  public Faults faults() {
    return faults;
  }

  /** Tasks, oldest first. */
  public List<TaskLog.Task> tasks() {
    return tasks.all();
  }

  /** Consoles open now. */
  public List<Consoles.View> consoles() {
    return consoles.views();
  }

  /** How many consoles of a node have ever waited at once. */
  public int mostWaitingConsoles(String node) {
    return consoles.mostWaiting(node);
  }

  /** How many consoles of a node wait for their WebSocket. */
  public int waitingConsoles(String node) {
    return consoles.waiting(node);
  }

  @Override
  public void close() {
    for (SimulatedNode node : nodes.values()) {
      try {
        node.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    guests.close();
    timer.shutdownNow();
  }

  private void start(CertificateAuthority authority) throws IOException {
    faults.listen(
        (fault, setting, on) -> {
          if (on && fault == Fault.TICKET_EXPIRED_NOW) {
            key.replace();
          } else if (on && fault == Fault.AUTH_ROTATED) {
            key.rotate();
          }
        });
    ClusterState state =
        new ClusterState(
            specs.stream().map(NodeSpec::name).toList(),
            guests,
            consoles,
            accounts,
            tickets,
            faults,
            config.clock(),
            config.style(),
            caPem,
            name -> node(name).endpoint().fingerprint(),
            config.frameSeed(),
            config.brutal());
    for (NodeSpec spec : specs) {
      Api api = new Api(spec.name(), state);
      try {
        nodes.put(spec.name(), new SimulatedNode(spec, config, authority, faults, api));
      } catch (IOException e) {
        throw StartFailure.port(config.bind(), spec, e);
      }
    }
    ScheduledFuture<?> unused =
        timer.scheduleAtFixedRate(guests::tick, 250, 250, TimeUnit.MILLISECONDS);
  }

  private void fillAccounts() {
    String user = config.username();
    accounts.put(new Accounts.User(user, password, true, null));
    accounts.put(new Accounts.User("root@pam", password, true, null));
    accounts.put(new Accounts.User("auditor@pve", password, true, null));
    accounts.put(new Accounts.User("tfa@pve", password, true, "123456"));
    accounts.put(new Accounts.Token(config.tokenId(), config.tokenSecret(), true));
    accounts.put(new Accounts.Token(user + "!bare", config.tokenSecret(), true));
    accounts.grant("/vms", user, CONSOLE_RIGHTS);
    accounts.grant("/vms", config.tokenId(), CONSOLE_RIGHTS);
    accounts.grant("/vms", "auditor@pve", "VM.Audit");
    accounts.grant("/vms", "tfa@pve", CONSOLE_RIGHTS);
  }

  private SimulatedNode node(String name) {
    SimulatedNode node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no node " + name);
    }
    return node;
  }

  /** A guest by number, for tests that look inside. */
  public Guest guest(int vmid) {
    return guests.get(vmid);
  }
}
