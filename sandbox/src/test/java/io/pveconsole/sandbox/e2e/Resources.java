// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files among the test's resources. */
final class Resources {
  private Resources() {}

  static String text(String name) throws IOException {
    try (InputStream in = Resources.class.getClassLoader().getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(in, "no resource " + name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
