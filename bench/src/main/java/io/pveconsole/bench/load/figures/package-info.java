// SPDX-License-Identifier: Apache-2.0
/** What is measured, and what can be said of it. */
package io.pveconsole.bench.load.figures;
