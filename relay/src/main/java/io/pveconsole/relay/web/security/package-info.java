// SPDX-License-Identifier: Apache-2.0
/**
 * Cookies, their tokens and keys, security headers and problem answers. Stands by itself: knows
 * nothing of the relay around it.
 */
@NullMarked
package io.pveconsole.relay.web.security;

import org.jspecify.annotations.NullMarked;
