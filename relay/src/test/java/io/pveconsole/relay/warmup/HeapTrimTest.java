// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapTrimTest {

  private static final int MIB = 1 << 20;

  /** A program with some live data: prints the heap after a collection, and after the trim. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      List<byte[]> live = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        live.add(new byte[MIB]);
      }
      live.subList(20, 100).clear();
      ManagementFactory.getMemoryMXBean().gc();
      long usual = Runtime.getRuntime().totalMemory();
      HeapTrim.run();
      long trimmed = Runtime.getRuntime().totalMemory();
      System.out.println(usual / MIB + " " + trimmed / MIB + " " + options() + " " + live.size());
    }
  }

  private static String options() {
    return option("MinHeapFreeRatio") + " " + option("MaxHeapFreeRatio");
  }

  private static String option(String name) {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption(name)
        .getValue();
  }

  @Test
  void keepsNothingFreeAndLeavesTheOptionsAsTheyWere() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-XX:MaxNewSize=16m",
            "-XX:MinHeapFreeRatio=15",
            "-XX:MaxHeapFreeRatio=60",
            "-XX:-ShrinkHeapInSteps",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName());
    Process program = new ProcessBuilder(command).start();

    String[] printed =
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split(" ");

    assertThat(printed).hasSize(5).endsWith("15", "60", "20");
    assertThat(Integer.parseInt(printed[1]))
        .isGreaterThanOrEqualTo(20)
        .isLessThan(Integer.parseInt(printed[0]) - 5);
  }

  @Test
  void doesItsWorkWhateverTheCollectorThinksOfIt() {
    String usual = options();

    HeapTrim.run();

    assertThat(options()).isEqualTo(usual);
  }
}
