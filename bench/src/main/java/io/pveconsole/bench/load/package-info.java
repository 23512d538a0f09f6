// SPDX-License-Identifier: Apache-2.0
/** A load from end to end: a real relay between browsers and a simulated Proxmox. */
package io.pveconsole.bench.load;
