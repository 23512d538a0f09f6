// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.List;

/** How a Proxmox certificate is judged. There is no way to skip the judgement. */
public sealed interface Trust {

  /** The certificate authorities that this Java runtime brings, and a check of the name. */
  record SystemCas() implements Trust {}

  /**
   * The given authorities only, and a check of the name.
   *
   * @param pem one or more certificates; usually the cluster's {@code pve-root-ca.pem}
   */
  record CaBundle(String pem) implements Trust {
    public CaBundle {
      TrustManagers.parse(pem);
    }
  }

  /** One of these leaf certificates; neither authority, name nor dates are looked at. */
  record Pinned(List<Fingerprint> fingerprints) implements Trust {
    public Pinned {
      fingerprints = List.copyOf(fingerprints);
      if (fingerprints.isEmpty()) {
        throw new IllegalArgumentException("no fingerprint to pin");
      }
    }
  }
}
