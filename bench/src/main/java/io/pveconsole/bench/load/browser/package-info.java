// SPDX-License-Identifier: Apache-2.0
/** Browsers as a load generator: WebSockets, as much RFB as is needed, people. */
package io.pveconsole.bench.load.browser;
