// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Measures the zlib stream in which the extended clipboard provides text. A few bytes may inflate
 * to very many, for the guest's host as for us: what is longer than a limit is not passed on, and
 * looking costs no more than so much in a second.
 */
final class ProvidedText {

  /** Longest text after inflation, in bytes. */
  static final int MAX_INFLATED = 4 * 1024 * 1024;

  private static final int MAX_IN_A_SECOND = 4 * MAX_INFLATED;
  private static final int STEP = 16 * 1024;

  private final LongSupplier nanoTime;
  private long since;
  private long looked;

  ProvidedText(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /**
   * Whether the stream from {@code at} on is sound, its text short enough, and nothing follows its
   * end: at that QEMU before 2023 loops for ever (CVE-2023-3255).
   */
  boolean fits(Buffer message, int at) {
    long now = nanoTime.getAsLong();
    if (now - since >= TimeUnit.SECONDS.toNanos(1)) {
      since = now;
      looked = 0;
    }
    if (looked >= MAX_IN_A_SECOND) {
      return false;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(message.getBytes(at, message.length()));
      byte[] step = new byte[STEP];
      while (inflater.getBytesWritten() <= MAX_INFLATED) {
        if (inflater.inflate(step) == 0) {
          return inflater.getRemaining() == 0 && !inflater.needsDictionary();
        }
      }
      return false;
    } catch (DataFormatException e) {
      return false;
    } finally {
      looked += STEP + inflater.getBytesWritten();
      inflater.end();
    }
  }
}
