// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.host.HostView;
import java.util.Optional;

/** Keeps the public face in step with the host. */
final class PublicFaces {

  private volatile Optional<PublicFace> face;

  PublicFaces(HostView view) {
    face = view.get().flatMap(PublicFace::of);
    view.listen(host -> face = host.flatMap(PublicFace::of));
  }

  Optional<PublicFace> current() {
    return face;
  }
}
