// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

/** Answers requests of one node. Called on the connection's own virtual thread; may block. */
public interface RequestHandler {
  /** Authenticates before the body is looked at, as pveproxy does. */
  Admission admit(HttpRequest request);

  /** Answers an admitted request. */
  Reply handle(HttpRequest request, Admission.Granted granted);
}
