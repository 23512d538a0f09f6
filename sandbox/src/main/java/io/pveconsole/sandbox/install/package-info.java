// SPDX-License-Identifier: Apache-2.0
/** The operator in the sandbox: its installation into the API and its process. */
@NullMarked
package io.pveconsole.sandbox.install;

import org.jspecify.annotations.NullMarked;
