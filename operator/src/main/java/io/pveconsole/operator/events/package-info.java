// SPDX-License-Identifier: Apache-2.0
/** Kubernetes Events. */
@NullMarked
package io.pveconsole.operator.events;

import org.jspecify.annotations.NullMarked;
