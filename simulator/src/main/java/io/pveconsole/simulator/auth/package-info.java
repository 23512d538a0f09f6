// SPDX-License-Identifier: Apache-2.0
/** Users, tokens, tickets and permissions. */
@NullMarked
package io.pveconsole.simulator.auth;

import org.jspecify.annotations.NullMarked;
