// SPDX-License-Identifier: Apache-2.0
/** Certificates of the simulated cluster. */
@NullMarked
package io.pveconsole.simulator.tls;

import org.jspecify.annotations.NullMarked;
