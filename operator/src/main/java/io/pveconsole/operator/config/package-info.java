// SPDX-License-Identifier: Apache-2.0
/** Settings. */
@NullMarked
package io.pveconsole.operator.config;

import org.jspecify.annotations.NullMarked;
