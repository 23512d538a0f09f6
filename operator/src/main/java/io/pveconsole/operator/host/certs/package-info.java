// SPDX-License-Identifier: Apache-2.0
/** Certificates that the operator makes for relays, with a CA of its own for each host. */
@NullMarked
package io.pveconsole.operator.host.certs;

import org.jspecify.annotations.NullMarked;
