// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The newest known version of this relay's ProxmoxHost. Safe from any thread. */
public final class HostView {

  private final List<Consumer<Optional<ProxmoxHost>>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable ProxmoxHost host;

  /** The host; empty before the first read and after its deletion. */
  public Optional<ProxmoxHost> get() {
    return Optional.ofNullable(host);
  }

  /** Is told of each new spec, and of the deletion. */
  public void listen(Consumer<Optional<ProxmoxHost>> listener) {
    listeners.add(listener);
  }

  /** Takes in what was read. */
  public synchronized void set(ProxmoxHost read) {
    ProxmoxHost known = host;
    if (known != null && isOlder(read, known)) {
      return;
    }
    host = read;
    if (known == null || !known.getSpec().equals(read.getSpec())) {
      listeners.forEach(listener -> listener.accept(Optional.of(read)));
    }
  }

  /** The host was deleted. */
  public synchronized void remove() {
    if (host != null) {
      host = null;
      listeners.forEach(listener -> listener.accept(Optional.empty()));
    }
  }

  private static boolean isOlder(ProxmoxHost read, ProxmoxHost known) {
    String one = read.getMetadata().getResourceVersion();
    String other = known.getMetadata().getResourceVersion();
    if (one == null
        || other == null
        || !java.util.Objects.equals(read.getMetadata().getUid(), known.getMetadata().getUid())) {
      return false;
    }
    try {
      return Long.parseLong(one) < Long.parseLong(other);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
