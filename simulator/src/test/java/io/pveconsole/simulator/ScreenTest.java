// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The picture and the input of a built-in guest, as an RFB client meets them. */
class ScreenTest {
  @RegisterExtension final Cluster cluster = new Cluster();

  private void awaitText(String text) {
    await("screen shows " + text).until(() -> cluster.get().screenText(100).contains(text));
  }

  /** A picture taken anew, by Raw. */
  private int[] truth() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.request(false);
      viewer.update();
      return viewer.pixels;
    }
  }

  @Test
  void showsWhatIsTyped() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.type("ecjo");
      viewer.key(0xff08);
      viewer.key(0xff08);
      viewer.type("ho Grüße ✓\n");
      awaitText("admin@web-1:~$ echo Grüße ✓\nGrüße ✓\nadmin@web-1:~$");
      viewer.type("whoami\n");
      awaitText("\nadmin\n");
      viewer.type("date\n");
      awaitText("Mon Jun 1 12:00:00 UTC 2026");
      viewer.key(0xff52);
      viewer.key(0xff52);
      viewer.key(0xff52);
      awaitText("$ echo Grüße ✓\nGrüße ✓\nadmin@web-1:~$ whoami");
      viewer.type("\nnonsense\n");
      awaitText("nonsense: command not found");
      viewer.type("clear\n");
      await().until(() -> !cluster.get().screenText(100).contains("nonsense"));
    }
  }

  @Test
  void understandsControlKeys() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.type("abc");
      viewer.console.write(ByteBuffer.allocate(8).putInt(0x04010000).putInt(0xffe3).array());
      viewer.key('c');
      viewer.console.write(ByteBuffer.allocate(8).putInt(0x04000000).putInt(0xffe3).array());
      viewer.type("uname\n");
      awaitText("abc^C\nadmin@web-1:~$ uname\nLinux\n");
    }
  }

  @Test
  void remembersKeysAndPointerForTests() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.key(0xffff);
      viewer.console.write(ByteBuffer.allocate(6).putInt(0x05040010).putShort((short) 9).array());
      viewer.console.write(ByteBuffer.allocate(6).putInt(0x05040010).putShort((short) 9).array());
      await("both in order")
          .until(
              () ->
                  cluster
                      .get()
                      .guests()
                      .inputText(100)
                      .endsWith("key ffff down\nkey ffff up\npointer 16,9 4"));
    }
  }

  @Test
  void takesExtendedKeyEventsAndAnnouncesThem() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.encodings(Viewer.RAW, Viewer.EXTENDED_KEYS);
      viewer.request(true);
      viewer.update();
      assertThat(viewer.encodingsSeen).contains(Viewer.EXTENDED_KEYS);
      for (int down = 1; down >= 0; down--) {
        ByteBuffer key = ByteBuffer.allocate(12);
        key.put((byte) 255).put((byte) 0).putShort((short) down).putInt('x').putInt(0x2d);
        viewer.console.write(key.array());
      }
      awaitText("$ x");
    }
  }

  @Test
  void drawsTheSamePictureInEveryEncoding() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.type("help\ncolors\n");
      awaitText("this list");
      viewer.pointer(300, 200, 0);
      awaitText("pointer 300,200");
      viewer.encodings(Viewer.COPY_RECT, Viewer.TIGHT, Viewer.RAW);
      viewer.request(false);
      viewer.update();
      assertThat(viewer.encodingsSeen).contains(Viewer.TIGHT).doesNotContain(Viewer.RAW);
      assertThat(viewer.pixels).isEqualTo(truth());
    }
  }

  @Test
  void scrollsByCopyRectToTheSamePicture() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.encodings(Viewer.COPY_RECT, Viewer.TIGHT);
      viewer.pointer(100, 580, 1);
      viewer.request(false);
      viewer.update();
      for (int i = 0; i < 60; i++) {
        viewer.type("echo line " + i + "\n");
        viewer.request(true);
        viewer.update();
      }
      viewer.pointer(100, 581, 1);
      viewer.request(true);
      viewer.update();
      assertThat(cluster.get().screenText(100)).contains("\nline 59\n");
      assertThat(viewer.pixels).as("a request sees all input before it").isEqualTo(truth());
      assertThat(viewer.encodingsSeen).contains(Viewer.COPY_RECT);
    }
  }

  @Test
  void drawsInSixteenBits() throws Exception {
    int[] full = truth();
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.sixteenBits();
      viewer.encodings(Viewer.TIGHT);
      viewer.request(false);
      viewer.update();
      int[] expected = new int[full.length];
      for (int i = 0; i < full.length; i++) {
        int r = ((full[i] >> 16 & 0xff) * 31 + 127) / 255;
        int g = ((full[i] >> 8 & 0xff) * 63 + 127) / 255;
        int b = ((full[i] & 0xff) * 31 + 127) / 255;
        expected[i] = r << 11 | g << 5 | b;
      }
      assertThat(viewer.pixels).isEqualTo(expected);
    }
  }

  @Test
  void staysSilentWhileNothingChanges() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.request(false);
      viewer.update();
      viewer.request(true);
      viewer.console.timeout(900);
      assertThatThrownBy(viewer::update).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void movesItsClockAndLetsTheCursorBlink() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.request(false);
      viewer.update();
      viewer.request(true);
      cluster.clock.advance(Duration.ofMillis(1500));
      viewer.update();
      assertThat(cluster.get().screenText(100)).contains("12:00:01 UTC");
      cluster.get().guests().still(100, true);
      cluster.clock.advance(Duration.ofSeconds(5));
      Thread.sleep(600);
      assertThat(cluster.get().screenText(100)).contains("12:00:01 UTC");
    }
  }

  @Test
  void followsTheMouse() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.pointer(400, 300, 0);
      awaitText("pointer 400,300 ");
      int[] there = truth();
      assertThat(there[303 * 800 + 401]).isEqualTo(0xffd75f);
      viewer.pointer(799, 599, 1);
      awaitText("pointer 799,599 [1]");
      assertThat(truth()[303 * 800 + 401]).isNotEqualTo(0xffd75f);
    }
  }

  @Test
  void passesTheClipboardBothWays() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100);
        Viewer other = Viewer.open(cluster.token(), 100)) {
      viewer.cutText("from outside é");
      awaitText("clipboard from the viewer: from outside é");
      viewer.type("copy from inside\n");
      assertThat(viewer.console.read(1)).containsExactly(3);
      viewer.readCutText();
      other.console.read(1);
      other.readCutText();
      assertThat(viewer.cutTexts).containsExactly("from inside");
      assertThat(other.cutTexts).containsExactly("from inside");
    }
  }

  @Test
  void neverShowsControlCharactersOfTheClipboard() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.cutText("a\u001b[2Jb\u0007c");
      awaitText("viewer: a[2Jbc");
    }
  }

  @Test
  void tellsGuestsApart() throws Exception {
    assertThat(cluster.get().screenText(100)).startsWith("web-1  ·  VM 100 on pve1");
    assertThat(cluster.get().screenText(101)).startsWith("db-1  ·  VM 101 on pve2");
    assertThat(cluster.get().screenText(200)).startsWith("proxy-ct  ·  CT 200 on pve1");
    assertThat(cluster.get().screenText(103)).isEmpty();
  }

  @Test
  void showsOneScreenToAllItsViewers() throws Exception {
    AtomicReference<int[]> second = new AtomicReference<>();
    try (Viewer viewer = Viewer.open(cluster.token(), 100);
        Viewer other = Viewer.open(cluster.token(), 100)) {
      viewer.type("echo shared\n");
      awaitText("\nshared\n");
      other.request(false);
      other.update();
      second.set(other.pixels);
    }
    assertThat(second.get()).isEqualTo(truth());
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void servesManyViewersThatTypeAndLookAtOnce() throws Exception {
    List<Viewer> viewers = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        viewers.add(Viewer.open(cluster.token(), 100));
      }
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> results = new ArrayList<>();
        for (Viewer viewer : viewers) {
          results.add(
              threads.submit(
                  () -> {
                    viewer.encodings(Viewer.COPY_RECT, Viewer.TIGHT);
                    for (int i = 0; i < 4; i++) {
                      viewer.type("help\n");
                      viewer.pointer(i * 50, i * 40, i % 2);
                      viewer.request(i % 3 == 0);
                      viewer.update();
                    }
                    return null;
                  }));
        }
        for (Future<?> result : results) {
          result.get();
        }
      }
      int[] expected = truth();
      for (Viewer viewer : viewers) {
        viewer.request(false);
        viewer.update();
        assertThat(viewer.pixels).isEqualTo(expected);
      }
    } finally {
      for (Viewer viewer : viewers) {
        viewer.close();
      }
    }
  }
}
