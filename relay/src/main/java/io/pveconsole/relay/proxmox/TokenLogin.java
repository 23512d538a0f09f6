// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;

/** An API token needs no login, and when it is refused nothing else is left. */
final class TokenLogin implements Login {

  private final Authorization authorization;

  TokenLogin(Credentials.ApiToken token) {
    this.authorization = Authorization.token(token);
  }

  @Override
  public Future<Authorization> authorization(ApiConnection connection) {
    return Future.succeededFuture(authorization);
  }

  @Override
  public boolean refused(Authorization refused) {
    return false;
  }
}
