// SPDX-License-Identifier: Apache-2.0
/**
 * A typed asynchronous client of the Proxmox VE API, as far as consoles need it. It knows nothing
 * of the relay around it, nor of Kubernetes.
 *
 * <p>Start at {@link io.pveconsole.relay.proxmox.ProxmoxClient}. Futures fail with {@link
 * io.pveconsole.relay.proxmox.ProxmoxException} only, which carries one of the {@link
 * io.pveconsole.relay.proxmox.ProxmoxFailure}s.
 */
@NullMarked
package io.pveconsole.relay.proxmox;

import org.jspecify.annotations.NullMarked;
