// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

/**
 * What the browser may do to the guest.
 *
 * @param viewOnly no input
 * @param toGuest text may be copied into the guest
 * @param fromGuest text may be copied out of it
 */
public record ClientPolicy(boolean viewOnly, boolean toGuest, boolean fromGuest) {}
