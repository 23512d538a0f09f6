// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import java.nio.file.Path;
import java.util.List;

/** The relay as a test starts it: it need not be quick, but there at once. */
final class TestRelay {

  private TestRelay() {}

  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        io.pveconsole.relay.Main.class.getName());
  }
}
