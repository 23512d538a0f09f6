// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.grants.Grant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where one host's grants are in the API server, and what they look like there. */
record LoopGrants(String namespace, String hostName) {

  static final KindJson<ConsoleGrant> JSON = KindJson.of(ConsoleGrant.class);

  String path() {
    return "/apis/%s/%s/namespaces/%s/consolegrants".formatted(Api.GROUP, Api.VERSION, namespace);
  }

  PagedList<ConsoleGrant, Grant> list(ApiServerCalls calls) {
    String selector = URLEncoder.encode(Api.HOST_LABEL + "=" + hostName, StandardCharsets.UTF_8);
    return new PagedList<>(calls, JSON, path() + "?labelSelector=" + selector, this::ours);
  }

  /** The grant, unless it is another host's. */
  Optional<Grant> ours(ConsoleGrant object) {
    return Optional.of(object).filter(new HostGrants(hostName)::has).map(Grant::of);
  }
}
