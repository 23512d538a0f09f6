// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** Names that all parts agree on. */
public final class Api {
  /** API group of all kinds. */
  public static final String GROUP = "pveconsole.io";

  /** Version of all kinds. */
  public static final String VERSION = "v1alpha1";

  /** Label that carries the name of the ProxmoxHost. */
  public static final String HOST_LABEL = "pveconsole.io/host";

  /** Type of the Secret that holds a link; made by the operator, never applied over. */
  public static final String ACCESS_SECRET_TYPE = "pveconsole.io/access";

  private Api() {}
}
