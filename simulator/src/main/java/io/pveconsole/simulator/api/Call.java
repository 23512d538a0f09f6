// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import io.pveconsole.simulator.auth.Identity;
import io.pveconsole.simulator.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An admitted call: who, on which host, with which parameters, those in the path included. */
record Call(
    String host,
    @Nullable Identity caller,
    HttpRequest request,
    Map<String, String> path,
    Map<String, String> parameters) {

  Identity identity() throws ApiException {
    Identity known = caller;
    if (known == null) {
      throw new ApiException(401, "No ticket");
    }
    return known;
  }

  String node() {
    String node = path.getOrDefault("node", host);
    return node.equals("localhost") ? host : node;
  }

  int vmid() throws ApiException {
    String vmid = path.getOrDefault("vmid", "");
    if (!vmid.matches("[1-9][0-9]{2,8}")) {
      throw new ApiException(
          400, "Parameter verification failed.", Map.of("vmid", "type check ('integer') failed"));
    }
    return Integer.parseInt(vmid);
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  boolean flag(String name) {
    String value = parameters.getOrDefault(name, "0");
    return value.matches("1|on|yes|true");
  }

  @Override
  public String toString() {
    return "Call[" + request + "]";
  }
}
