// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import org.jspecify.annotations.Nullable;

/** The steps TCP and TLS of one connection, which Vert.x makes in one call. */
final class ConnectSteps {

  private final Steps steps;
  private final long began;
  private @Nullable Long accepted;
  private boolean over;

  ConnectSteps(Steps steps) {
    this.steps = steps;
    this.began = steps.started(Step.TCP);
  }

  /** TCP stands. Too late once somebody has been told that it failed. */
  void accepted() {
    if (!over) {
      steps.ok(Step.TCP, began);
      accepted = steps.started(Step.TLS);
    }
  }

  void made() {
    over = true;
    steps.ok(Step.TLS, tlsBegan());
  }

  void failed(ProxmoxFailure failure) {
    over = true;
    if (accepted == null && failure.step() == Step.TCP) {
      steps.failed(Step.TCP, began, failure);
    } else {
      steps.failed(Step.TLS, tlsBegan(), failure);
    }
  }

  private long tlsBegan() {
    if (accepted != null) {
      return accepted;
    }
    steps.passed(Step.TCP);
    return began;
  }
}
