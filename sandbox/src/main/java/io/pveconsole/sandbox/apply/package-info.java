// SPDX-License-Identifier: Apache-2.0
/** Manifests from files. */
@NullMarked
package io.pveconsole.sandbox.apply;

import org.jspecify.annotations.NullMarked;
