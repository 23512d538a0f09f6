// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.pveconsole.relay.proxmox;

import org.jspecify.annotations.NullMarked;
