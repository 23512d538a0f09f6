// SPDX-License-Identifier: Apache-2.0
/** The picture of a built-in guest: a text screen to type into. */
@NullMarked
package io.pveconsole.simulator.screen;

import org.jspecify.annotations.NullMarked;
