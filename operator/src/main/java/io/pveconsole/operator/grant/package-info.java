// SPDX-License-Identifier: Apache-2.0
/** ConsoleGrant: lives while its session does. */
@NullMarked
package io.pveconsole.operator.grant;

import org.jspecify.annotations.NullMarked;
