// SPDX-License-Identifier: Apache-2.0
/** The operator: reconcilers of the three kinds. */
@NullMarked
package io.pveconsole.operator;

import org.jspecify.annotations.NullMarked;
