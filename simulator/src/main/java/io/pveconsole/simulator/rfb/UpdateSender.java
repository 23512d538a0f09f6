// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import io.pveconsole.simulator.screen.Framebuffer;
import io.pveconsole.simulator.screen.Rect;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends one update per request, and only when there is something to show: an incremental request on
 * a picture that does not change stays unanswered. Runs on a thread of its own; requests come from
 * the reading thread.
 */
final class UpdateSender implements Updates, Framebuffer.Listener {
  private static final int RAW = 0;
  private static final int COPY_RECT = 1;
  private static final int TIGHT = 7;
  private static final int EXTENDED_KEYS = -258;
  private static final int MAX_CUT_TEXTS = 16;
  private static final long MIN_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  private final Framebuffer frame;
  private final DataOutputStream out;
  private final ReentrantLock lock;
  private final Condition wake;
  private final Damage damage;
  private final Deque<String> cutTexts = new ArrayDeque<>();
  private final TightEncoder tight = new TightEncoder();
  private PixelFormat format = PixelFormat.SERVER;
  private int encoding = RAW;
  private boolean copyRect;
  private boolean announceKeys;
  private boolean requested;
  private boolean stopped;

  UpdateSender(Framebuffer frame, DataOutputStream out) {
    this.frame = frame;
    this.out = out;
    lock = frame.lock();
    wake = lock.newCondition();
    damage = new Damage(frame.width(), frame.height());
    frame.listen(this);
  }

  @Override
  public void format(PixelFormat next) {
    locked(() -> format = next);
  }

  @Override
  public void encodings(int[] asked) {
    locked(
        () -> {
          copyRect = Arrays.stream(asked).anyMatch(e -> e == COPY_RECT);
          encoding =
              Arrays.stream(asked).filter(e -> e == TIGHT || e == RAW).findFirst().orElse(RAW);
          announceKeys = Arrays.stream(asked).anyMatch(e -> e == EXTENDED_KEYS);
        });
  }

  @Override
  public void request(boolean incremental, int x, int y, int width, int height) {
    locked(
        () -> {
          requested = true;
          if (!incremental) {
            damage.add(new Rect(x, y, width, height).within(frame.width(), frame.height()));
          }
          wake.signal();
        });
  }

  @Override
  public void cutText(String text) {
    locked(
        () -> {
          if (cutTexts.size() < MAX_CUT_TEXTS) {
            cutTexts.add(text);
          }
          wake.signal();
        });
  }

  @Override
  public void stop() {
    frame.unlisten(this);
    locked(
        () -> {
          stopped = true;
          wake.signal();
        });
  }

  @Override
  public void damaged(Rect area) {
    damage.add(area);
    wake.signal();
  }

  @Override
  public void scrolledUp(Rect area, int rows) {
    damage.scrolledUp(area, rows, copyRect);
    wake.signal();
  }

  @Override
  public void run() throws IOException {
    try {
      while (true) {
        Batch batch = next();
        if (batch == null) {
          return;
        }
        for (String text : batch.cutTexts()) {
          cutTextMessage(text);
        }
        if (batch.update()) {
          update(batch);
          Thread.sleep(TimeUnit.NANOSECONDS.toMillis(MIN_GAP_NANOS));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tight.end();
    }
  }

  private static final class Piece {
    private final Rect area;
    private final int[] pixels;

    private Piece(Rect area, int[] pixels) {
      this.area = area;
      this.pixels = pixels;
    }
  }

  /** What was taken under the lock, to be encoded outside. */
  private record Batch(
      List<String> cutTexts,
      boolean update,
      boolean keys,
      Damage.@Nullable Scroll scroll,
      List<Piece> pieces,
      PixelFormat format,
      int encoding) {}

  private @Nullable Batch next() throws InterruptedException {
    lock.lock();
    try {
      while (!stopped && cutTexts.isEmpty() && !dueUpdate()) {
        wake.await();
      }
      if (stopped) {
        return null;
      }
      boolean update = dueUpdate();
      boolean keys = update && announceKeys;
      List<Piece> pieces = new ArrayList<>();
      Damage.Scroll scroll = null;
      if (update) {
        scroll = damage.takeScroll();
        for (Rect area : damage.takeAreas()) {
          pieces.add(new Piece(area, frame.copy(area)));
        }
        requested = false;
        announceKeys = false;
      }
      List<String> texts = List.copyOf(cutTexts);
      cutTexts.clear();
      return new Batch(texts, update, keys, scroll, pieces, format, encoding);
    } finally {
      lock.unlock();
    }
  }

  private boolean dueUpdate() {
    return requested && (!damage.isEmpty() || announceKeys);
  }

  private void update(Batch batch) throws IOException {
    Damage.Scroll scroll = batch.scroll();
    out.writeByte(0);
    out.writeByte(0);
    out.writeShort(batch.pieces().size() + (scroll == null ? 0 : 1) + (batch.keys() ? 1 : 0));
    if (batch.keys()) {
      header(new Rect(0, 0, frame.width(), frame.height()), EXTENDED_KEYS);
    }
    if (scroll != null) {
      header(scroll.target(), COPY_RECT);
      out.writeShort(scroll.target().x());
      out.writeShort(scroll.target().y() + scroll.rows());
    }
    for (Piece piece : batch.pieces()) {
      header(piece.area, batch.encoding());
      if (batch.encoding() == TIGHT) {
        tight.encode(out, batch.format(), piece.pixels, piece.area.width());
      } else {
        raw(batch.format(), piece.pixels);
      }
    }
    out.flush();
  }

  private void header(Rect area, int as) throws IOException {
    out.writeShort(area.x());
    out.writeShort(area.y());
    out.writeShort(area.width());
    out.writeShort(area.height());
    out.writeInt(as);
  }

  private void raw(PixelFormat as, int[] pixels) throws IOException {
    byte[] bytes = new byte[pixels.length * as.size()];
    for (int i = 0; i < pixels.length; i++) {
      as.put(pixels[i], bytes, i * as.size());
    }
    out.write(bytes);
  }

  private void cutTextMessage(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    out.writeByte(3);
    out.write(new byte[3]);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
