// SPDX-License-Identifier: Apache-2.0
/** ProxmoxHost: what it needs, and how it is. */
@NullMarked
package io.pveconsole.operator.host;

import org.jspecify.annotations.NullMarked;
