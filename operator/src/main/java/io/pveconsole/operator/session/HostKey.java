// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.HostRef;
import java.util.Optional;

/** Which host a session is for. */
public record HostKey(String namespace, String name) {

  /** The host that the session names. */
  public static HostKey of(ConsoleSession session) {
    HostRef ref = session.getSpec().hostRef();
    String own = session.getMetadata().getNamespace();
    return new HostKey(Optional.ofNullable(ref.namespace()).orElse(own), ref.name());
  }

  /** The key of that host. */
  public static HostKey of(ProxmoxHost host) {
    return new HostKey(host.getMetadata().getNamespace(), host.getMetadata().getName());
  }

  /** The same in the words of the framework. */
  public ResourceID id() {
    return new ResourceID(name, namespace);
  }

  /** As a key of an index. */
  String text() {
    return namespace + "/" + name;
  }
}
