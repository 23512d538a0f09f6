// SPDX-License-Identifier: Apache-2.0
/** What a person at the terminal sees and types. */
@NullMarked
package io.pveconsole.sandbox.console;

import org.jspecify.annotations.NullMarked;
