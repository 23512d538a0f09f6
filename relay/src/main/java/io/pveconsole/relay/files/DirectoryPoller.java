// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.files;

import io.pveconsole.relay.async.Blocking;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a mounted ConfigMap or Secret changes. It looks at names, sizes and times, since the
 * kubelet swaps a whole directory at once by a symbolic link.
 */
public final class DirectoryPoller {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryPoller.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Blocking blocking;
  private final Map<Path, String> seen = new HashMap<>();

  public DirectoryPoller(Vertx vertx, Blocking blocking) {
    this.vertx = vertx;
    this.blocking = blocking;
  }

  /** Calls back, on a thread of its own that may block, after each change from now on. */
  public void watch(List<Path> directories, Runnable changed) {
    directories.forEach(directory -> seen.put(directory, state(directory)));
    vertx.setPeriodic(
        EVERY.toMillis(),
        id ->
            blocking
                .call(
                    LIMIT,
                    () -> {
                      look(directories, changed);
                      return true;
                    })
                .onFailure(
                    thrown ->
                        LOG.atWarn()
                            .addKeyValue("error", thrown.toString())
                            .log("cannot reload mounted files")));
  }

  private void look(List<Path> directories, Runnable changed) {
    boolean differs = false;
    synchronized (seen) {
      for (Path directory : directories) {
        String now = state(directory);
        differs |= !now.equals(seen.put(directory, now));
      }
    }
    if (differs) {
      changed.run();
    }
  }

  private static String state(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      StringBuilder state = new StringBuilder(directory.toRealPath().toString());
      for (Path file : files.sorted().toList()) {
        state
            .append('|')
            .append(file.getFileName())
            .append(Files.size(file))
            .append('@')
            .append(Files.getLastModifiedTime(file).toMillis())
            .append(file.toRealPath());
      }
      return state.toString();
    } catch (IOException | UncheckedIOException e) {
      return "absent";
    }
  }
}
