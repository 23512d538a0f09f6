// SPDX-License-Identifier: Apache-2.0
/** The objects that belong to a host, one class each. */
@NullMarked
package io.pveconsole.operator.host.relay;

import org.jspecify.annotations.NullMarked;
