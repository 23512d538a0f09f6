// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.pveconsole.relay.async.OneTimer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list and then a watch, on one event loop by {@link ApiServerCalls}: each open changes its
 * grant, and hearing of that through the Kubernetes client's threads takes a sixth of the whole
 * open. A watch that ends goes on where it was; one that is refused (410) begins with a list. Its
 * methods are safe from any thread.
 *
 * @param <O> the kind that is watched
 * @param <T> what is kept of each
 */
final class LoopWatch<O extends HasMetadata, T> {

  private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
  private static final KindJson<Status> REFUSALS = KindJson.of(Status.class);
  private static final int MIN_WAIT_MILLIS = 100;
  private static final int MAX_DOUBLINGS = 8;

  private final Context context;
  private final ApiServerCalls calls;
  private final PagedList<O, T> list;
  private final News<O, T> news;
  private final OneTimer retry;
  private @Nullable Round round;
  private int failures;

  /** Who hears of it, on the event loop. */
  interface News<O, T> {

    /** A list begins; who takes all that there is when it has ended. */
    Consumer<List<T>> listing();

    /** An object that is new or another version. */
    void changed(O object);

    /** An object that is gone. */
    void deleted(String name);
  }

  LoopWatch(Vertx vertx, ApiServerCalls calls, PagedList<O, T> list, News<O, T> news) {
    this.context = vertx.getOrCreateContext();
    this.retry = new OneTimer(vertx);
    this.calls = calls;
    this.list = list;
    this.news = news;
  }

  /** Ends what there is and begins anew. */
  void restart() {
    context.runOnContext(v -> begin(null));
  }

  void close() {
    context.runOnContext(v -> end());
  }

  /**
   * One more time.
   *
   * @param version where to go on; null: with a list
   */
  private void begin(@Nullable String version) {
    end();
    Round next = new Round();
    round = next;
    if (version == null) {
      next.list();
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

  /** Later each time that it fails again, up to some 25 s. */
  private void later(@Nullable String version) {
    int most = MIN_WAIT_MILLIS << Math.min(failures++, MAX_DOUBLINGS);
    long wait = ThreadLocalRandom.current().nextLong(most / 2, most);
    retry.set(Duration.ofMillis(wait), () -> begin(version));
  }

  /** One list with its watch, or one watch that goes on. */
  private final class Round {

    private @Nullable WebSocket socket;
    private @Nullable String version;
    private boolean over;

    void list() {
      Consumer<List<T>> taker = news.listing();
      list.read()
          .onSuccess(
              listed -> {
                if (!over) {
                  taker.accept(listed.objects());
                  watch(listed.version());
                }
              })
          .onFailure(this::failed);
    }

    void watch(String from) {
      version = from;
      calls
          .watch(
              list.path()
                  + "&watch=true&allowWatchBookmarks=true&resourceVersion="
                  + URLEncoder.encode(from, StandardCharsets.UTF_8))
          .onSuccess(this::opened)
          .onFailure(this::failed);
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
        KindJson.Event<O> event = list.json().event(text);
        O object = event.object();
        switch (event.type()) {
          case "ADDED", "MODIFIED" -> news.changed(object);
          case "DELETED" -> news.deleted(object.getMetadata().getName());
          case "BOOKMARK" -> LOG.trace("a bookmark");
          default -> throw new IllegalStateException("no event: " + event.type());
        }
        version = object.getMetadata().getResourceVersion();
        failures = 0;
      } catch (RuntimeException e) {
        failed(refusal(text).orElse(e));
      }
    }

    /** What the API server says in place of an object. */
    private Optional<RuntimeException> refusal(String text) {
      try {
        return Optional.ofNullable(REFUSALS.event(text).object())
            .map(Status::getMessage)
            .map(IllegalStateException::new);
      } catch (RuntimeException e) {
        return Optional.empty();
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

    /** Too old a version is one of the reasons, so it begins with a list. */
    private void failed(Throwable thrown) {
      if (!over) {
        tellOf(thrown);
        close();
        later(null);
      }
    }

    private void tellOf(Throwable thrown) {
      if (thrown instanceof UpgradeRejectedException refused
          && refused.getStatus() != HttpURLConnection.HTTP_GONE) {
        LOG.atWarn()
            .addKeyValue("status", refused.getStatus())
            .addKeyValue(
                "cure", "see to the relay's Role, and to WebSockets between it and the API server")
            .log("a watch is refused: changes come late");
      } else {
        LOG.atInfo().addKeyValue("error", thrown.toString()).log("a watch was interrupted");
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
