// SPDX-License-Identifier: Apache-2.0
/** Keys of cookies. */
@NullMarked
package io.pveconsole.operator.host.keys;

import org.jspecify.annotations.NullMarked;
