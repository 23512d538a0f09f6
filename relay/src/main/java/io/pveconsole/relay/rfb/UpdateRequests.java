// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Requests for updates that wait until the browser has taken what was sent to it. A full request is
 * kept before an incremental one, and of each kind one is enough: they are merged to the area that
 * covers both.
 */
final class UpdateRequests {

  private @Nullable Buffer full;
  private @Nullable Buffer incremental;

  void hold(Buffer request) {
    if (request.getUnsignedByte(1) == 0) {
      full = merge(full, request);
    } else {
      incremental = merge(incremental, request);
    }
  }

  boolean isHolding() {
    return full != null || incremental != null;
  }

  /** What was held, once; empty when nothing was. */
  Buffer release() {
    Buffer all = Buffer.buffer();
    Buffer first = full;
    Buffer second = incremental;
    if (first != null) {
      all.appendBuffer(first);
    }
    if (second != null) {
      all.appendBuffer(second);
    }
    full = null;
    incremental = null;
    return all;
  }

  private static Buffer merge(@Nullable Buffer held, Buffer request) {
    if (held == null) {
      return request.copy();
    }
    int left = Math.min(held.getUnsignedShort(2), request.getUnsignedShort(2));
    int top = Math.min(held.getUnsignedShort(4), request.getUnsignedShort(4));
    int right = Math.max(end(held, 2, 6), end(request, 2, 6));
    int bottom = Math.max(end(held, 4, 8), end(request, 4, 8));
    return Buffer.buffer()
        .appendByte((byte) ClientMessage.UPDATE_REQUEST)
        .appendByte(held.getByte(1))
        .appendUnsignedShort(left)
        .appendUnsignedShort(top)
        .appendUnsignedShort(Math.min(0xffff, right - left))
        .appendUnsignedShort(Math.min(0xffff, bottom - top));
  }

  private static int end(Buffer request, int start, int size) {
    return request.getUnsignedShort(start) + request.getUnsignedShort(size);
  }
}
