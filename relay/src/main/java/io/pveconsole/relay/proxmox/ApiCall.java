// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * One request of the API.
 *
 * @param path below {@code /api2/json}
 * @param parameters in the query of a GET, in the form of a POST
 * @param step what it is part of, for failures
 */
record ApiCall(HttpMethod method, String path, Map<String, String> parameters, Step step) {

  static ApiCall get(String path, Step step) {
    return new ApiCall(HttpMethod.GET, path, Map.of(), step);
  }

  static ApiCall get(String path, Map<String, String> query, Step step) {
    return new ApiCall(HttpMethod.GET, path, query, step);
  }

  static ApiCall post(String path, Map<String, String> form, Step step) {
    return new ApiCall(HttpMethod.POST, path, form, step);
  }

  /**
   * Whether it may be made once more when no answer came. A port that nobody connects to ends by
   * itself; a realm may count the logins that fail.
   */
  boolean repeatable() {
    return !writes() || step == Step.TICKET;
  }

  boolean writes() {
    return !method.equals(HttpMethod.GET);
  }

  /** The request line's target below an endpoint. Never to be logged: it may hold a ticket. */
  String target(ProxmoxEndpoint endpoint) {
    String target = endpoint.prefix() + "/api2/json" + path;
    return writes() || parameters.isEmpty() ? target : target + "?" + Percent.form(parameters);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
