// SPDX-License-Identifier: Apache-2.0
/** The status of a host. */
@NullMarked
package io.pveconsole.operator.host.status;

import org.jspecify.annotations.NullMarked;
