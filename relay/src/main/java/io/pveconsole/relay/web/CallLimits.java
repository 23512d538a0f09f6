// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.util.function.LongSupplier;

/**
 * How often the API server may be asked. Who shows a right cookie or the right secret has a share
 * of his own, so nobody can use up what the rightful user needs; strangers share the rest.
 */
final class CallLimits {

  private final RateLimits holders;
  private final RateLimits strangers;
  private final RateLimits allStrangers;

  /**
   * Calls per second, and how many may come at once.
   *
   * @param holder for each session
   * @param stranger for each address that a trusted proxy names, else for each session
   * @param allStrangers for all of them
   */
  record Rates(Rate holder, Rate stranger, Rate allStrangers) {
    static final Rates DEFAULT = new Rates(new Rate(20, 200), new Rate(2, 20), new Rate(100, 500));
  }

  /** One limit. */
  record Rate(double perSecond, double burst) {}

  CallLimits(Rates rates, LongSupplier nanoTime) {
    this.holders = limits(rates.holder(), nanoTime);
    this.strangers = limits(rates.stranger(), nanoTime);
    this.allStrangers = limits(rates.allStrangers(), nanoTime);
  }

  private static RateLimits limits(Rate rate, LongSupplier nanoTime) {
    return new RateLimits(rate.perSecond(), rate.burst(), nanoTime);
  }

  boolean allowHolder(String session) {
    return holders.allow(session);
  }

  boolean allowStranger(String session, ClientAddress address) {
    String key = address.source() == ClientAddress.Source.PROXY ? address.text() : session;
    return strangers.allow(key) && allStrangers.allow("");
  }
}
