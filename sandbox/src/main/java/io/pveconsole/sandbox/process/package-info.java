// SPDX-License-Identifier: Apache-2.0
/** Child processes, started and ended with the sandbox. */
@NullMarked
package io.pveconsole.sandbox.process;

import org.jspecify.annotations.NullMarked;
