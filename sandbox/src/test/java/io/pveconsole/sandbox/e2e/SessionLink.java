// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.net.URI;

/**
 * The link to a session.
 *
 * @param url the host's public address
 */
record SessionLink(String name, URI url, String uid, String secret) {

  /** What a person opens. */
  String text() {
    return url + path() + "#" + secret;
  }

  String path() {
    return "/c/" + uid;
  }

  @Override
  public String toString() {
    return "SessionLink[" + name + "]";
  }
}
