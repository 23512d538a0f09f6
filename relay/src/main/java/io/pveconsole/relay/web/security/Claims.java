// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

/**
 * Who a cookie is for, in opaque ids; all of them are compared with the live grant at each use.
 *
 * @param host uid of the host
 * @param session uid of the session, as in the page's path
 * @param grant uid of the grant object
 * @param redemption what tells the one use of the link
 */
public record Claims(String host, String session, String grant, String redemption) {}
