// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;

/** A console in Chromium, opened through the Ingress, whose interruptions are counted. */
final class ClusterConsole implements AutoCloseable {
  private static final Duration PICTURE = Duration.ofSeconds(60);

  private final KubeCluster cluster;
  private final String session;
  private final int vmid;
  private final Browser browser = Browser.through(PublicDoor.ADDRESS);

  private ClusterConsole(KubeCluster cluster, String session, int vmid) {
    this.cluster = cluster;
    this.session = session;
    this.vmid = vmid;
  }

  /** Opens a new session of the first host and waits for the picture. */
  static ClusterConsole open(KubeCluster cluster, String session, int vmid) {
    SessionLink link = cluster.open(session, vmid);
    ClusterConsole console = new ClusterConsole(cluster, session, vmid);
    try {
      console.browser.open(link.text());
      console.awaitPicture();
      Blinks.watch(console.browser);
      return console;
    } catch (RuntimeException | AssertionError e) {
      console.close();
      throw e;
    }
  }

  Browser browser() {
    return browser;
  }

  void awaitPicture() {
    browser.awaitState("connected", Patience.of(PICTURE));
    Awaitility.await("a picture with several colours")
        .atMost(Patience.of(Duration.ofSeconds(20)))
        .until(() -> browser.coloursOfPicture() > 3);
  }

  /** What is typed here reaches the guest; on a line of its own, as a long one is broken. */
  void obeys(String words) {
    browser.type("\n" + words);
    Awaitility.await("the typed words on the guest's screen")
        .atMost(Patience.of(Duration.ofSeconds(10)))
        .until(() -> cluster.simulator().screen(vmid).contains(words));
  }

  Blinks blinks() {
    return Blinks.of(browser);
  }

  /** It was there all the time since it was opened, and still is. */
  void neverBlinked() {
    assertThat(browser.state()).isEqualTo("connected");
    assertThat(blinks().count()).as("times that the console was away").isZero();
  }

  @Override
  public void close() {
    browser.close();
    cluster.delete(KubeCluster.CONSOLES, session);
  }
}
