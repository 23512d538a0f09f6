// SPDX-License-Identifier: Apache-2.0
/** A real kube-apiserver with etcd, on loopback. */
@NullMarked
package io.pveconsole.sandbox.api.real;

import org.jspecify.annotations.NullMarked;
