// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the API server answers when a policy says no. */
final class Refusals {

  private Refusals() {}

  static void assertDenied(String policy, String message, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              if (e.getCode() != 403 && e.getCode() != 422) {
                throw new AssertionError("not a refusal: " + e.getCode(), e);
              }
            })
        .hasMessageContaining("ValidatingAdmissionPolicy '" + policy + "'")
        .hasMessageContaining(message);
  }
}
