// SPDX-License-Identifier: Apache-2.0
/** The guests of the cluster and what stands behind their displays. */
@NullMarked
package io.pveconsole.simulator.guest;

import org.jspecify.annotations.NullMarked;
