// SPDX-License-Identifier: Apache-2.0
/** The processes around and of a measurement. */
package io.pveconsole.bench.load.site;
