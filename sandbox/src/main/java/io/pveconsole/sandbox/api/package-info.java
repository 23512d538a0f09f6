// SPDX-License-Identifier: Apache-2.0
/** The Kubernetes APIs that the sandbox can start. */
@NullMarked
package io.pveconsole.sandbox.api;

import org.jspecify.annotations.NullMarked;
