// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.time;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API server's time: what its {@code Date} headers said, carried on by the monotonic clock. The
 * relay's own clock counts only until the first answer, so that it may be wrong or jump. A header
 * tells whole seconds; answers that come at different parts of a second narrow the true time down.
 * Safe from any thread.
 */
public final class ServerClock extends Clock {

  private static final Logger LOG = LoggerFactory.getLogger(ServerClock.class);
  private static final long HEADER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** One part in this many is what two clocks are allowed to drift apart. */
  private static final long DRIFT_PART = 5_000;

  private final Clock own;
  private final LongSupplier nanoTime;
  private volatile @Nullable Window window;
  private volatile Told last = new Told("", Instant.EPOCH);

  /** A header's text and what it says: of all answers of one second it is the same. */
  private record Told(String text, Instant date) {}

  /**
   * What must be added to the monotonic clock: at least and at most, as known at a moment.
   *
   * @param heard the moment by the monotonic clock
   */
  private record Window(long least, long most, long heard) {

    Window widened(long now) {
      long drift = Math.max(0, now - heard) / DRIFT_PART;
      return new Window(least - drift, most + drift, now);
    }

    long middle() {
      return least + (most - least) / 2;
    }
  }

  /** A clock that follows {@code own} until it hears of the server's. */
  public ServerClock(Clock own, LongSupplier nanoTime) {
    this.own = own;
    this.nanoTime = nanoTime;
  }

  /** The monotonic clock's reading now, for {@link #heard}. */
  public long mark() {
    return nanoTime.getAsLong();
  }

  /**
   * The server has told its time.
   *
   * @param date whole seconds, rounded down
   * @param sent {@link #mark} before the request was sent
   */
  public synchronized void heard(Instant date, long sent) {
    long now = mark();
    long told = nanos(date);
    Window news = new Window(told - now, told + HEADER_NANOS - sent, now);
    Window before = window;
    if (before == null) {
      window = news;
      return;
    }
    Window known = before.widened(now);
    long least = Math.max(known.least(), news.least());
    long most = Math.min(known.most(), news.most());
    if (least <= most) {
      window = new Window(least, most, now);
    } else {
      window = news;
      LOG.atWarn()
          .addKeyValue("seconds", Duration.ofNanos(news.middle() - known.middle()).toSeconds())
          .log("the API server's clock has jumped");
    }
  }

  /**
   * The same, from the header of an answer; one that is missing or no date tells nothing.
   *
   * @param date as in RFC 9110, section 5.6.7
   */
  public void heard(@Nullable String date, long sent) {
    if (date == null) {
      return;
    }
    try {
      Told told = last;
      if (!told.text().equals(date)) {
        told = new Told(date, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        last = told;
      }
      heard(told.date(), sent);
    } catch (DateTimeException e) {
      LOG.atDebug().addKeyValue("error", e.toString()).log("not a date");
    }
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  @Override
  public Instant instant() {
    Window known = window;
    return known == null
        ? own.instant()
        : Instant.EPOCH.plusNanos(known.middle() + nanoTime.getAsLong());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("moments have no zone");
  }
}
