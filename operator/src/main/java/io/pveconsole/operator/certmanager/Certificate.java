// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.certmanager;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;

/** A certificate that cert-manager makes, renews and puts into a Secret. */
@Group("cert-manager.io")
@Version("v1")
@Kind("Certificate")
public final class Certificate extends CustomResource<CertificateSpec, CertificateStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** For reading. */
  public Certificate() {}

  /** One to be applied. */
  public Certificate(ObjectMeta metadata, CertificateSpec spec) {
    setMetadata(metadata);
    setSpec(spec);
  }
}
