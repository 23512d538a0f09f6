// SPDX-License-Identifier: Apache-2.0
/** What controller-manager and kubelet do in a cluster, for the relays of the sandbox. */
@NullMarked
package io.pveconsole.sandbox.standin;

import org.jspecify.annotations.NullMarked;
