// SPDX-License-Identifier: Apache-2.0
/** Conditions, times and ownership, shared by all kinds. */
@NullMarked
package io.pveconsole.operator.status;

import org.jspecify.annotations.NullMarked;
