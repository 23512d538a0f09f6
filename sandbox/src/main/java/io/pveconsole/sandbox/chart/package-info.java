// SPDX-License-Identifier: Apache-2.0
/** Renders the Helm chart without a helm program. */
@NullMarked
package io.pveconsole.sandbox.chart;

import org.jspecify.annotations.NullMarked;
