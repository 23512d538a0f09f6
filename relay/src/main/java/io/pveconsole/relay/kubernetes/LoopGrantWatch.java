// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.async.OneTimer;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWatch;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of grants and then a watch, on one event loop by {@link ApiServerCalls}: each open changes
 * its grant, and hearing of that through the Kubernetes client's threads takes a sixth of the whole
 * open. A watch that ends goes on where it was; one that cannot (410) begins with a list.
 */
final class LoopGrantWatch implements GrantWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LoopGrantWatch.class);
  private static final Duration LIST_LIMIT = Duration.ofSeconds(10);
  private static final int PAGE = 500;
  private static final int MIN_WAIT_MILLIS = 100;
  private static final int MAX_DOUBLINGS = 8;

  private final Context context;
  private final ApiServerCalls calls;
  private final KubernetesSerialization serialization;
  private final GrantRegistry registry;
  private final HostGrants ours;
  private final OneTimer retry;
  private final String list;
  private final Map<String, Grant> seen = new ConcurrentHashMap<>();
  private volatile boolean listed;
  private @Nullable Round round;
  private int failures;

  LoopGrantWatch(
      Vertx vertx,
      ApiServerCalls calls,
      KubernetesSerialization serialization,
      GrantRegistry registry,
      String namespace,
      String hostName) {
    this.context = vertx.getOrCreateContext();
    this.retry = new OneTimer(vertx);
    this.calls = calls;
    this.serialization = serialization;
    this.registry = registry;
    this.ours = new HostGrants(hostName);
    this.list =
        "/apis/%s/%s/namespaces/%s/consolegrants?labelSelector=%s"
            .formatted(Api.GROUP, Api.VERSION, namespace, encode(Api.HOST_LABEL + "=" + hostName));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void restart() {
    context.runOnContext(v -> begin(null));
  }

  /**
   * Ends what there is and begins.
   *
   * @param version where to go on; null: with a list
   */
  private void begin(@Nullable String version) {
    end();
    Round next = new Round();
    round = next;
    if (version == null) {
      next.list("", new ArrayList<>(), registry.names());
    } else {
      next.watch(version);
    }
  }

  private void end() {
    retry.cancel();
    Round before = round;
    round = null;
    if (before != null) {
      before.close();
    }
  }

  /** Later each time that it fails again, up to some 30 s. */
  private void later(@Nullable String version) {
    int most = MIN_WAIT_MILLIS << Math.min(failures++, MAX_DOUBLINGS);
    long wait = ThreadLocalRandom.current().nextLong(most / 2, most);
    retry.set(Duration.ofMillis(wait), () -> begin(version));
  }

  @Override
  public boolean isBehind(List<Grant> current) {
    if (!listed) {
      return false;
    }
    for (Grant grant : current) {
      Grant known = seen.get(grant.name());
      if ((known == null || !known.isNewerThan(grant))
          && registry.goneReason(grant.name()).isEmpty()) {
        return true;
      }
    }
    return seen.keySet().stream().anyMatch(name -> registry.goneReason(name).isPresent());
  }

  @Override
  public void close() {
    context.runOnContext(v -> end());
  }

  private void changed(ConsoleGrant object) {
    if (ours.has(object)) {
      Grant grant = Grant.of(object);
      seen.put(grant.name(), grant);
      registry.put(grant);
    }
  }

  private void deleted(String name) {
    seen.remove(name);
    registry.remove(name);
  }

  /** One list with its watch, or one watch that goes on. */
  private final class Round {

    private @Nullable WebSocket socket;
    private @Nullable String version;
    private boolean over;

    void list(String page, List<Grant> before, Set<String> known) {
      calls
          .list(list + "&limit=" + PAGE + page, LIST_LIMIT)
          .map(this::read)
          .onSuccess(
              part -> {
                if (over) {
                  return;
                }
                part.path("items").forEach(item -> add(before, item));
                String next = part.path("metadata").path("continue").asText("");
                if (next.isEmpty()) {
                  registry.reconcile(known, before);
                  seen.clear();
                  before.forEach(grant -> seen.put(grant.name(), grant));
                  listed = true;
                  watch(part.path("metadata").path("resourceVersion").asText());
                } else {
                  list("&continue=" + encode(next), before, known);
                }
              })
          .onFailure(thrown -> failed(thrown));
    }

    private JsonNode read(ApiServerCalls.Answer answer) {
      if (answer.status() != HttpURLConnection.HTTP_OK) {
        throw new IllegalStateException("a list is answered with status " + answer.status());
      }
      return serialization.unmarshal(
          answer.body().toString(StandardCharsets.UTF_8), JsonNode.class);
    }

    private void add(List<Grant> grants, JsonNode item) {
      ConsoleGrant object = serialization.convertValue(item, ConsoleGrant.class);
      if (ours.has(object)) {
        grants.add(Grant.of(object));
      }
    }

    void watch(String from) {
      version = from;
      calls
          .watch(list + "&watch=true&allowWatchBookmarks=true&resourceVersion=" + encode(from))
          .onSuccess(this::opened)
          .onFailure(thrown -> failed(thrown));
    }

    private void opened(WebSocket opened) {
      socket = opened;
      if (over) {
        close();
        return;
      }
      opened.textMessageHandler(this::event);
      opened.exceptionHandler(
          thrown -> LOG.atDebug().addKeyValue("error", thrown.toString()).log("watch"));
      opened.closeHandler(v -> ended());
    }

    private void event(String text) {
      if (over) {
        return;
      }
      try {
        JsonNode event = serialization.unmarshal(text, JsonNode.class);
        JsonNode object = event.path("object");
        switch (event.path("type").asText()) {
          case "ADDED", "MODIFIED" ->
              changed(serialization.convertValue(object, ConsoleGrant.class));
          case "DELETED" -> deleted(object.path("metadata").path("name").asText());
          case "BOOKMARK" -> LOG.trace("a bookmark");
          default -> throw new IllegalStateException(object.path("message").asText("no event"));
        }
        version = object.path("metadata").path("resourceVersion").asText();
        failures = 0;
      } catch (RuntimeException e) {
        failed(e);
      }
    }

    /** The API server ends each watch some time. */
    private void ended() {
      if (!over) {
        LOG.debug("a watch has ended");
        close();
        later(version);
      }
    }

    /** A refused watch begins with a list: an old version is one of the reasons. */
    private void failed(Throwable thrown) {
      if (!over) {
        LOG.atInfo().addKeyValue("error", thrown.toString()).log("a watch was interrupted");
        close();
        later(null);
      }
    }

    void close() {
      over = true;
      WebSocket open = socket;
      if (open != null) {
        open.close().onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("watch"));
      }
    }
  }
}
