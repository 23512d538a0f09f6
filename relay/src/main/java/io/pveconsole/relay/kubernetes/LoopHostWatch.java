// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.host.HostView;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** News of the host by {@link LoopWatch}. */
final class LoopHostWatch implements HostWatch {

  private final KubernetesSerialization serialization;
  private final String name;
  private final HostView view;
  private final LoopWatch<ProxmoxHost, ProxmoxHost> watch;

  LoopHostWatch(
      Vertx vertx,
      ApiServerCalls calls,
      KubernetesSerialization serialization,
      String namespace,
      String name,
      HostView view) {
    this.serialization = serialization;
    this.name = name;
    this.view = view;
    this.watch =
        new LoopWatch<>(
            vertx,
            calls,
            serialization,
            new TypeReference<>() {},
            new PagedList<>(
                calls,
                serialization,
                path(namespace) + "?fieldSelector=metadata.name%3D" + name,
                this::ours),
            new News());
  }

  /** Where hosts are. */
  static String path(String namespace) {
    return "/apis/%s/%s/namespaces/%s/proxmoxhosts".formatted(Api.GROUP, Api.VERSION, namespace);
  }

  private Optional<ProxmoxHost> ours(JsonNode object) {
    return name.equals(object.path("metadata").path("name").asText())
        ? Optional.of(serialization.convertValue(object, ProxmoxHost.class))
        : Optional.empty();
  }

  @Override
  public void restart() {
    watch.restart();
  }

  @Override
  public void close() {
    watch.close();
  }

  private final class News implements LoopWatch.News<ProxmoxHost, ProxmoxHost> {

    @Override
    public Consumer<List<ProxmoxHost>> listing() {
      return all -> all.stream().findFirst().ifPresentOrElse(view::set, view::remove);
    }

    @Override
    public void changed(ProxmoxHost object) {
      if (name.equals(object.getMetadata().getName())) {
        view.set(object);
      }
    }

    @Override
    public void deleted(String deleted) {
      if (name.equals(deleted)) {
        view.remove();
      }
    }
  }
}
