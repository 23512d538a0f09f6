// SPDX-License-Identifier: Apache-2.0
/** Kinds of load. */
package io.pveconsole.bench.load.scenario;
