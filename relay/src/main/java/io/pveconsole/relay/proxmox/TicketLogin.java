// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's ticket: asked for once for all who wait, renewed by itself after half its life, got by
 * password again when that fails.
 */
final class TicketLogin implements Login {

  /** Each refused login costs Proxmox and the asker 3 s, so a refusal is believed for a while. */
  private static final Duration REFUSAL_HOLDS = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private final Vertx vertx;
  private final Credentials.UserPassword user;
  private final Clock clock;
  private @Nullable Ticket ticket;
  private @Nullable Future<Ticket> inFlight;
  private @Nullable ProxmoxFailure refusal;
  private Instant refusedAt = Instant.MIN;

  TicketLogin(Vertx vertx, Credentials.UserPassword user, Clock clock) {
    this.vertx = vertx;
    this.user = user;
    this.clock = clock;
  }

  @Override
  public Future<Authorization> authorization(ApiConnection connection) {
    return ticket(connection, true).map(Ticket::authorization);
  }

  @Override
  public synchronized boolean refused(Authorization refused) {
    if (ticket != null && ticket.authorization().equals(refused)) {
      ticket = null;
    }
    return true;
  }

  private Future<Ticket> ticket(ApiConnection connection, boolean mayWaitForOthers) {
    Promise<Ticket> mine = Promise.promise();
    Ticket old;
    synchronized (this) {
      Instant now = clock.instant();
      if (ticket != null && ticket.young(now)) {
        return Future.succeededFuture(ticket);
      }
      if (refusal != null && now.isBefore(refusedAt.plus(REFUSAL_HOLDS))) {
        return Failures.future(refusal);
      }
      if (inFlight != null && mayWaitForOthers) {
        return waitForOther(inFlight, connection);
      }
      old = ticket;
      inFlight = mine.future();
    }
    obtain(connection, old).onComplete((got, failure) -> settle(mine, got, failure));
    return mine.future();
  }

  /** The other's failure or slowness may be that of its endpoint; then this one tries its own. */
  private Future<Ticket> waitForOther(Future<Ticket> other, ApiConnection connection) {
    return Deadline.within(vertx, PATIENCE, Step.AUTH, Contexts.back(vertx, other), late -> {})
        .recover(
            thrown ->
                aboutCredential(thrown) ? Future.failedFuture(thrown) : ticket(connection, false));
  }

  private void settle(Promise<Ticket> mine, @Nullable Ticket got, @Nullable Throwable failure) {
    synchronized (this) {
      if (mine.future().equals(inFlight)) {
        inFlight = null;
      }
      if (got != null) {
        ticket = got;
        refusal = null;
      } else if (failure != null && aboutCredential(failure)) {
        refusal = Failures.of(Step.AUTH, failure);
        refusedAt = clock.instant();
      }
    }
    mine.complete(got, failure);
  }

  private Future<Ticket> obtain(ApiConnection connection, @Nullable Ticket old) {
    Instant now = clock.instant();
    if (old == null || !old.usable(now)) {
      return ask(connection, user.password());
    }
    return ask(connection, old.ticket())
        .recover(
            thrown ->
                aboutCredential(thrown)
                    ? ask(connection, user.password())
                    : Future.succeededFuture(old));
  }

  private Future<Ticket> ask(ApiConnection connection, Secret password) {
    Instant asked = clock.instant();
    ApiCall call =
        ApiCall.post(
            "/access/ticket",
            Map.of("username", user.username(), "password", password.reveal()),
            Step.AUTH);
    return connection.send(call, Map.of()).compose(answer -> read(connection, asked, answer));
  }

  private Future<Ticket> read(ApiConnection connection, Instant asked, ApiAnswer answer) {
    if (!answer.ok() || !answer.data().isObject()) {
      ProxmoxEndpoint endpoint = connection.peer().endpoint();
      return Failures.future(new AnswerFailures(user, endpoint).of(Step.AUTH, answer, null));
    }
    JsonNode data = answer.data();
    if (data.path("NeedTFA").asInt() != 0) {
      return Failures.future(new AccessFailure.SecondFactorNeeded(user.username()));
    }
    String ticketText = data.path("ticket").asText("");
    String csrf = data.path("CSRFPreventionToken").asText("");
    if (ticketText.isEmpty() || csrf.isEmpty()) {
      return Failures.future(
          new ServiceFailure.ProtocolError(Step.AUTH, "a login answer without ticket"));
    }
    return Future.succeededFuture(new Ticket(Secret.of(ticketText), Secret.of(csrf), asked));
  }

  private static boolean aboutCredential(Throwable thrown) {
    return thrown instanceof ProxmoxException known && known.failure() instanceof AccessFailure;
  }
}
