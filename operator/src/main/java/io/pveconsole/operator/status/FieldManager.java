// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.status;

/** The operator's name in managedFields. */
public final class FieldManager {

  /** The one name for all kinds. */
  public static final String NAME = "pveconsole-operator";

  private FieldManager() {}
}
