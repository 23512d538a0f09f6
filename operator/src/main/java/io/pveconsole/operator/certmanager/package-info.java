// SPDX-License-Identifier: Apache-2.0
/** The little of cert-manager's API that is needed to ask for a certificate. */
@NullMarked
package io.pveconsole.operator.certmanager;

import org.jspecify.annotations.NullMarked;
