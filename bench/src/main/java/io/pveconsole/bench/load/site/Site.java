// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import io.pveconsole.bench.load.browser.Browser;
import io.pveconsole.bench.load.figures.Troubles;
import io.pveconsole.bench.peer.Stage;
import io.pveconsole.bench.peer.StageOptions;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fresh relay with its API server and sessions whose links are used, and browsers. */
public final class Site implements AutoCloseable {

  /** Of readers that must not hide behind the kernel's memory. */
  private static final int SMALL_WINDOW = 64 * 1024;

  private final Troubles troubles = new Troubles();
  private final Stage stage;
  private final Relay relay;
  private final Management management;
  private final Browser people;
  private final Browser readers;
  private final Browser slow;
  private final Map<String, List<Session>> lists = new HashMap<>();

  /**
   * Puts all up; returns when the relay is ready and all links are used.
   *
   * @param name of the directory for this site's files
   */
  public Site(
      Processes processes, Proxmox proxmox, Settings settings, String name, List<TargetList> wanted)
      throws IOException, InterruptedException {
    Path directory = settings.directory().resolve(name);
    Files.createDirectories(directory);
    FrontCertificate front = FrontCertificate.make(directory, Files.readString(proxmox.ca()));
    int managementPort = Ports.free();
    stage =
        new Stage(
            new StageOptions(
                directory,
                proxmox.url(),
                front.bundle(),
                proxmox.token(),
                front.certificate(),
                front.key(),
                Ports.free(),
                managementPort,
                wanted));
    Map<String, String> environment = new HashMap<>(stage.environment());
    environment.putAll(settings.environment());
    relay = new Relay(processes, settings.command(), environment, directory.resolve("relay.log"));
    management = new Management(managementPort);
    people = new Browser(front.bundle(), troubles);
    readers = new Browser(front.bundle(), troubles);
    slow = new Browser(front.bundle(), troubles, SMALL_WINDOW);
    try {
      stage.awaitReady(relay::isAlive);
      for (TargetList list : wanted) {
        lists.put(
            list.name(),
            stage.signIn(list).stream().map(access -> new Session(stage, access)).toList());
      }
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** The sessions of a list. */
  public List<Session> sessions(String list) {
    List<Session> found = lists.get(list);
    if (found == null) {
      throw new IllegalArgumentException("no list " + list);
    }
    return found;
  }

  /** The relay. */
  public Relay relay() {
    return relay;
  }

  /** Its metrics. */
  public Management management() {
    return management;
  }

  /** For people whose waiting is measured. */
  public Browser people() {
    return people;
  }

  /** For those who take much; a thread of their own keeps them from delaying the others. */
  public Browser readers() {
    return readers;
  }

  /** For those who take little of what there is. */
  public Browser slow() {
    return slow;
  }

  /** What went wrong. */
  public Troubles troubles() {
    return troubles;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    people.close();
    readers.close();
    slow.close();
    management.close();
    relay.close();
    stage.close();
  }
}
