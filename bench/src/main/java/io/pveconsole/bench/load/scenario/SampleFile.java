// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Samples as CSV, each on the disk at once. */
final class SampleFile implements AutoCloseable {

  private final BufferedWriter writer;

  SampleFile(Path file) throws IOException {
    writer = Files.newBufferedWriter(file);
    write(Sample.HEADER);
  }

  void add(Sample sample) throws IOException {
    write(sample.csv());
  }

  private void write(String line) throws IOException {
    writer.write(line);
    writer.newLine();
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
