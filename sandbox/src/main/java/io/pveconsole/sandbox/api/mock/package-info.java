// SPDX-License-Identifier: Apache-2.0
/** The mock API: Fabric8's CRUD server with server-side apply and correct patches added. */
@NullMarked
package io.pveconsole.sandbox.api.mock;

import org.jspecify.annotations.NullMarked;
