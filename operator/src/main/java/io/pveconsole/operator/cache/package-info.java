// SPDX-License-Identifier: Apache-2.0
/** What the operator keeps in memory of thousands of objects. */
@NullMarked
package io.pveconsole.operator.cache;

import org.jspecify.annotations.NullMarked;
