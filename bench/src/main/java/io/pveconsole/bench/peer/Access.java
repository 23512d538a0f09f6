// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

/**
 * What a browser has after it has used a link.
 *
 * @param path of the session on the relay
 * @param url of its WebSocket
 * @param origin where the page came from
 * @param accessCookie lives for minutes
 * @param refreshCookie gives new ones
 */
public record Access(
    String path, String url, String origin, int vmid, String accessCookie, String refreshCookie) {

  @Override
  public String toString() {
    return "Access[" + path + "]";
  }
}
