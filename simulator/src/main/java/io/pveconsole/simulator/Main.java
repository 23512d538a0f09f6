// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

/** The simulator as a program. */
public final class Main {
  private static final String LOGGING = "log4j2.configurationFile";

  private Main() {}

  /** Starts, tells where, and runs until it is told to stop. */
  public static void main(String[] args) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "simulator-log4j2.xml");
    }
    System.exit(new Program(System.out, System.err).run(args));
  }
}
