// SPDX-License-Identifier: Apache-2.0
/** The demonstration: a simulated Proxmox VE and a session on it. */
@NullMarked
package io.pveconsole.sandbox.demo;

import org.jspecify.annotations.NullMarked;
