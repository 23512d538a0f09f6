// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Copies a download to a file and tells at each fifth how far it is. */
final class ProgressCopy {

  private static final int MEGABYTE = 1 << 20;

  private ProgressCopy() {}

  /**
   * Reads to the end.
   *
   * @param size expected bytes, 0 when unknown
   */
  static void copy(InputStream from, Path to, long size, Consumer<String> progress)
      throws IOException {
    long step = size > 0 ? Math.max(1, size / 5) : 20L * MEGABYTE;
    long next = step;
    long done = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        out.write(buffer, 0, read);
        done += read;
        if (done >= next) {
          next += step;
          String of = size > 0 ? " of " + size / MEGABYTE : "";
          progress.accept("  " + done / MEGABYTE + of + " MB");
        }
      }
    }
  }
}
