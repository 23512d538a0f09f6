// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A cluster for all tests of a class, and a client for its relays' public side. */
final class ClusterExtension implements BeforeAllCallback, AfterAllCallback {
  private final int relays;
  private final HttpClient http = RelayCalls.client();
  private Path directory;
  private Cluster cluster;

  ClusterExtension(int relays) {
    this.relays = relays;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("pveconsole");
    cluster = Cluster.start(directory, relays);
  }

  Cluster get() {
    return cluster;
  }

  /** For files of the tests too. */
  Path directory() {
    return directory;
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    http.shutdownNow();
    if (cluster != null) {
      cluster.close();
    }
    if (directory != null) {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(ClusterExtension::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
