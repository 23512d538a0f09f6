// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mounted volume whose files all change at once, as the kubelet does it: each file is a link to
 * {@code ..data/<file>}, and {@code ..data} a link to a directory of one version, replaced by a
 * rename.
 */
final class AtomicDirectory {

  private static final String DATA = "..data";

  private final Path directory;
  private @Nullable Map<String, byte[]> content;
  private int version;

  AtomicDirectory(Path directory) {
    this.directory = directory;
  }

  /** Makes the directory hold exactly these files; returns whether anything changed. */
  boolean update(Map<String, byte[]> files) throws IOException {
    Map<String, byte[]> old = content;
    if (old != null && same(old, files)) {
      return false;
    }
    version++;
    Path payload = directory.resolve("..v" + version);
    Files.createDirectories(payload);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = payload.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    Path link = directory.resolve("..data_tmp");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, payload.getFileName());
    Files.move(
        link,
        directory.resolve(DATA),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    link(files);
    deleteOlder(payload);
    content = new TreeMap<>(files);
    return true;
  }

  private void link(Map<String, byte[]> files) throws IOException {
    List<String> tops = files.keySet().stream().map(AtomicDirectory::top).distinct().toList();
    for (String top : tops) {
      Path link = directory.resolve(top);
      if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(link, Path.of(DATA, top));
      }
    }
    for (Path entry : entries(directory)) {
      String name = entry.getFileName().toString();
      if (!name.startsWith("..") && !tops.contains(name)) {
        Files.delete(entry);
      }
    }
  }

  private static String top(String file) {
    int slash = file.indexOf('/');
    return slash < 0 ? file : file.substring(0, slash);
  }

  private void deleteOlder(Path payload) throws IOException {
    for (Path entry : entries(directory)) {
      boolean old = entry.getFileName().toString().startsWith("..v") && !entry.equals(payload);
      if (old) {
        deleteTree(entry);
      }
    }
  }

  private static void deleteTree(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : entries(path)) {
        deleteTree(entry);
      }
    }
    Files.delete(path);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
  }
}
