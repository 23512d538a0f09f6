// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The whole picture of a built-in guest: status bar with a clock, text below it, cursor and pointer
 * above both. Safe for use by several threads.
 */
public final class GuestScreen {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 600;
  private static final int TEXT_TOP = 32;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Framebuffer frame = new Framebuffer(WIDTH, HEIGHT);
  private final Clock clock;
  private final Supplier<String> title;
  private final StatusBar bar;
  private final TextGrid grid;
  private final AnsiWriter writer;
  private final Pointer pointer;
  private boolean cursorOn;
  private long shownHalfSecond;
  private boolean still;

  /** A screen whose status bar shows {@code title} and the clock's time. */
  public GuestScreen(Supplier<String> title, Clock clock) {
    this.title = title;
    this.clock = clock;
    Glyphs glyphs = Glyphs.shared();
    bar = new StatusBar(frame, glyphs);
    grid = new TextGrid(frame, glyphs, TEXT_TOP);
    writer = new AnsiWriter(grid);
    pointer = new Pointer(frame);
    refreshBar();
  }

  /** The pixels. */
  public Framebuffer frame() {
    return frame;
  }

  /** Shows terminal output. */
  public void write(String output) {
    change(
        () -> {
          grid.cursor(false);
          writer.write(output);
          grid.cursor(!still);
        });
  }

  /**
   * Lets the pointer follow the mouse. {@code buttons} as in RFB: bit 0 left, 1 middle, 2 right.
   */
  public void pointer(int x, int y, int buttons) {
    change(
        () -> {
          pointer.moveTo(x, y, buttons);
          refreshBar();
        });
  }

  /** Lets the clock and the cursor move on; called a few times a second. */
  public void tick() {
    frame.lock().lock();
    try {
      long half = clock.millis() / 500;
      if (!still && half != shownHalfSecond) {
        show(half);
      }
    } finally {
      frame.lock().unlock();
    }
  }

  /** Shows the title and time of now, also on a still screen. */
  public void refresh() {
    show(clock.millis() / 500);
  }

  /** A still screen has neither a blinking cursor nor a moving clock. */
  public void still(boolean on) {
    change(
        () -> {
          still = on;
          grid.cursor(!on);
        });
  }

  /** Everything readable on the screen, the status bar first. */
  public String text() {
    frame.lock().lock();
    try {
      return bar.text() + "\n" + grid.text();
    } finally {
      frame.lock().unlock();
    }
  }

  private void show(long half) {
    change(
        () -> {
          shownHalfSecond = half;
          cursorOn = half % 2 == 0;
          grid.cursor(cursorOn && !still);
          refreshBar();
        });
  }

  private void refreshBar() {
    bar.show(title.get(), pointer.describe() + "   " + TIME.format(clock.instant()) + " UTC");
  }

  /**
   * Takes the pointer off the picture, draws, and puts it back, so that scrolling never smears it.
   */
  private void change(Runnable drawing) {
    frame.lock().lock();
    try {
      if (pointer.visible()) {
        Rect under = pointer.area();
        grid.repaint(under);
        bar.repaint(under);
      }
      drawing.run();
      pointer.paint();
    } finally {
      frame.lock().unlock();
    }
  }
}
