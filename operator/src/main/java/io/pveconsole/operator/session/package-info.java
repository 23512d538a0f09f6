// SPDX-License-Identifier: Apache-2.0
/** ConsoleSession: from request to end. */
@NullMarked
package io.pveconsole.operator.session;

import org.jspecify.annotations.NullMarked;
