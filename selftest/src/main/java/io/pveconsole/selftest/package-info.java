// SPDX-License-Identifier: Apache-2.0
/** Opens one console of a simulated Proxmox VE through the operator and a relay of the cluster. */
@NullMarked
package io.pveconsole.selftest;

import org.jspecify.annotations.NullMarked;
