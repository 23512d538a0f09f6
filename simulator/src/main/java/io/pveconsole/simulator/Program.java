// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The life of the program: options, start, files, the ready line, waiting, a clean end. */
final class Program {
  private static final int BAD_START = 2;

  private final PrintStream out;
  private final PrintStream err;

  Program(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Blocks until the JVM is told to end; returns the exit code of a failed start. */
  int run(String[] args) {
    List<String> given = Arrays.asList(args);
    if (given.contains("--help") || given.contains("-h")) {
      out.print(Options.USAGE);
      return 0;
    }
    try {
      Options options = Options.parse(args);
      RunningProgram running = RunningProgram.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "simulator-stop"));
      out.println(running.readyLine());
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (StartFailure e) {
      err.println(e.getMessage());
      return BAD_START;
    } catch (IOException e) {
      err.println(
          "Cannot write the files of --dir: " + e.getMessage() + ". Choose a writable directory.");
      return BAD_START;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
