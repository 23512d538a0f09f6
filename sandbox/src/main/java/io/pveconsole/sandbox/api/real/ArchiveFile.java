// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes the programs out of a {@code .tar.gz}; directories and anything else are left out. */
final class ArchiveFile {

  private static final Set<String> WANTED = Set.of("etcd", "kube-apiserver", "kubectl");

  private ArchiveFile() {}

  static void unpack(Path archive, Path directory) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && WANTED.contains(name)) {
          Path file = directory.resolve(name);
          Files.copy(tar, file);
          if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
          }
        }
      }
    }
  }
}
