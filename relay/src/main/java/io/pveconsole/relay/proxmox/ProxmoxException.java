// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** Carries a {@link ProxmoxFailure} through a failed future. Its message is for administrators. */
public final class ProxmoxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProxmoxFailure failure;

  public ProxmoxException(ProxmoxFailure failure) {
    super(failure.adminMessage(), null, false, false);
    this.failure = failure;
  }

  public ProxmoxFailure failure() {
    return failure;
  }
}
