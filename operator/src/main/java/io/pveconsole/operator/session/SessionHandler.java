// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

/** What is done for sessions in one phase. */
@FunctionalInterface
public interface SessionHandler {

  /** One pass; safe to repeat. */
  Outcome handle(SessionFacts facts);
}
