// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Who owns an object, by uid: names are reused. */
public final class Owners {

  private Owners() {}

  /** Whether the object names the owner's uid. */
  public static boolean owns(HasMetadata owner, HasMetadata object) {
    String uid = owner.getMetadata().getUid();
    return object.getMetadata().getOwnerReferences() != null
        && object.getMetadata().getOwnerReferences().stream()
            .anyMatch(reference -> reference.getUid().equals(uid));
  }
}
