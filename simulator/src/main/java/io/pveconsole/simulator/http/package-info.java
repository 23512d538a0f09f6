// SPDX-License-Identifier: Apache-2.0
/** The oddities of pveproxy as an HTTP server. */
@NullMarked
package io.pveconsole.simulator.http;

import org.jspecify.annotations.NullMarked;
