// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.host.HostView;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** News of the host by {@link LoopWatch}. */
final class LoopHostWatch implements HostWatch {

  static final KindJson<ProxmoxHost> JSON = KindJson.of(ProxmoxHost.class);

  private final String name;
  private final HostView view;
  private final LoopWatch<ProxmoxHost, ProxmoxHost> watch;

  LoopHostWatch(Vertx vertx, ApiServerCalls calls, String namespace, String name, HostView view) {
    this.name = name;
    this.view = view;
    this.watch =
        new LoopWatch<>(
            vertx,
            calls,
            new PagedList<>(
                calls,
                JSON,
                path(namespace) + "?fieldSelector=metadata.name%3D" + name,
                host -> Optional.of(host).filter(this::isOurs)),
            new News());
  }

  /** Where hosts are. */
  static String path(String namespace) {
    return "/apis/%s/%s/namespaces/%s/proxmoxhosts".formatted(Api.GROUP, Api.VERSION, namespace);
  }

  private boolean isOurs(ProxmoxHost host) {
    return name.equals(host.getMetadata().getName());
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
      if (isOurs(object)) {
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
