// SPDX-License-Identifier: Apache-2.0
/** The sandbox: everything on one machine, with one command. */
@NullMarked
package io.pveconsole.sandbox;

import org.jspecify.annotations.NullMarked;
