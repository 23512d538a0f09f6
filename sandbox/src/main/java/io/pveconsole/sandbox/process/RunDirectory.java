// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import io.pveconsole.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one sandbox keeps its files, readable by its user only. {@code logs} stays when the sandbox
 * ends, {@code run} (kubeconfigs, mounts, scripts) goes. Several sandboxes get directories of their
 * own, numbered.
 */
public final class RunDirectory implements AutoCloseable {

  private static final int MOST = 50;

  private final Path root;
  private final FileChannel lockFile;

  private RunDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /** Takes the first directory below {@code parent} that no other sandbox uses. */
  public static RunDirectory claim(Path parent) {
    try {
      for (int number = 1; number <= MOST; number++) {
        Path root = parent.toAbsolutePath().normalize().resolve(Integer.toString(number));
        Files.createDirectories(root);
        FileChannel channel =
            FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) != null) {
          return prepared(new RunDirectory(root, channel));
        }
        channel.close();
      }
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot write to " + parent + ": " + e.getMessage(),
          "Name another directory with --dir DIR.",
          e);
    }
    throw new SandboxException(
        MOST + " sandboxes are running already.", "Stop some of them, or use --dir DIR.");
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static RunDirectory prepared(RunDirectory directory) throws IOException {
    directory.delete(directory.run());
    directory.delete(directory.logs());
    Files.createDirectories(directory.logs());
    Files.createDirectories(directory.run());
    if (Files.getFileStore(directory.run()).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(directory.run(), PosixFilePermissions.fromString("rwx------"));
    }
    for (String part : List.of("pids", "tmp")) {
      Files.createDirectories(directory.run().resolve(part));
    }
    return directory;
  }

  /** Files that go when the sandbox ends. */
  public Path run() {
    return root.resolve("run");
  }

  /** Log files, one for each process. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** One empty file for each running child, named by its process id. */
  public Path pids() {
    return run().resolve("pids");
  }

  /** Directory for temporary files of all processes. */
  public Path tmp() {
    return run().resolve("tmp");
  }

  @Override
  public void close() {
    try {
      delete(run());
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a directory with all it holds; a link is deleted, not followed. */
  private void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
