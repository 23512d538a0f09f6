// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import io.vertx.core.buffer.Buffer;

/**
 * Finds the updates in what a console sends, in 32 bits and Raw, without a look at the pixels. A
 * picture of one pixel is an answer to an event. Belongs to one event loop.
 */
final class UpdateReader {

  private static final int UPDATE = 4;
  private static final int RECTANGLE = 12;

  private enum Part {
    UPDATE,
    RECTANGLE,
    PIXEL
  }

  private final ScreenEvents events;
  private Buffer head = Buffer.buffer(RECTANGLE);
  private Part part = Part.UPDATE;
  private int rectangles;
  private long pixels;
  private int bytes;

  UpdateReader(ScreenEvents events) {
    this.events = events;
  }

  /**
   * Takes bytes, cut anywhere.
   *
   * @throws RfbException when they are something else
   */
  void feed(Buffer data) {
    int at = 0;
    while (at < data.length()) {
      int left = data.length() - at;
      if (pixels > 0) {
        int some = (int) Math.min(pixels, left);
        pixels -= some;
        at += some;
        if (pixels == 0) {
          ended();
        }
      } else {
        int some = Math.min(wanted() - head.length(), left);
        head.appendBuffer(data, at, some);
        at += some;
        if (head.length() == wanted()) {
          Buffer whole = head;
          head = Buffer.buffer(RECTANGLE);
          take(whole);
        }
      }
    }
  }

  private int wanted() {
    return part == Part.RECTANGLE ? RECTANGLE : UPDATE;
  }

  private void take(Buffer whole) {
    bytes += whole.length();
    switch (part) {
      case UPDATE -> {
        rectangles = whole.getUnsignedShort(2);
        if (whole.getByte(0) != 0 || rectangles == 0) {
          throw new RfbException("no update: " + Integer.toHexString(whole.getInt(0)));
        }
        part = Part.RECTANGLE;
      }
      case RECTANGLE -> rectangle(whole);
      default -> {
        events.echo(whole.getInt(0));
        ended();
      }
    }
  }

  private void rectangle(Buffer whole) {
    long area = (long) whole.getUnsignedShort(4) * whole.getUnsignedShort(6);
    if (whole.getInt(8) != 0 || area == 0) {
      throw new RfbException("no Raw rectangle: encoding " + whole.getInt(8));
    }
    if (area == 1) {
      part = Part.PIXEL;
    } else {
      pixels = area * Integer.BYTES;
      bytes += (int) pixels;
    }
  }

  private void ended() {
    rectangles--;
    if (rectangles > 0) {
      part = Part.RECTANGLE;
      return;
    }
    part = Part.UPDATE;
    events.update(bytes);
    bytes = 0;
  }
}
