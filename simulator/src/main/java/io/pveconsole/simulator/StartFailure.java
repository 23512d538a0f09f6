// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import java.io.IOException;
import java.net.InetAddress;

/** The simulator cannot start. The message is one line for a person and names the cure. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a line for a person. */
  public StartFailure(String message) {
    super(message);
  }

  StartFailure(IOException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }

  static StartFailure port(InetAddress bind, NodeSpec spec, IOException cause) {
    return new StartFailure(
        "Cannot listen on "
            + bind.getHostAddress()
            + ":"
            + spec.port()
            + " for node "
            + spec.name()
            + " ("
            + cause.getMessage()
            + "): stop the program that uses it or choose another port with --nodes "
            + spec.name()
            + ":0.");
  }
}
