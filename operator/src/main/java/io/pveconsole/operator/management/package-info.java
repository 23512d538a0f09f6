// SPDX-License-Identifier: Apache-2.0
/** Health and metrics. */
@NullMarked
package io.pveconsole.operator.management;

import org.jspecify.annotations.NullMarked;
