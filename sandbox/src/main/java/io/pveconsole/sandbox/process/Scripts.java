// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The shell scripts that start and guard children, written where {@code sh} finds them. */
final class Scripts {

  private Scripts() {}

  static Path unpack(String name, Path directory) {
    Path file = directory.resolve(name);
    try (InputStream script = Scripts.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(script, name), file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
