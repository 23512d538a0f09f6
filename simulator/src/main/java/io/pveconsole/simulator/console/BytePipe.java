// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes on their way from one thread to another; bounded. After closing, what is queued can still
 * be read.
 */
public final class BytePipe {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> queue = new ArrayDeque<>();
  private long limit;
  private int headOffset;
  private long queued;
  private long total;
  private long highest;
  private long lastWrite = System.nanoTime();
  private boolean closed;

  BytePipe(long limit) {
    this.limit = limit;
  }

  /** Lets it hold so many bytes from now on. */
  public void limit(long bytes) {
    lock.lock();
    try {
      limit = bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reading end; a read returns what is there, or -1 after closing. */
  public InputStream in() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return BytePipe.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return BytePipe.this.read(into, offset, length);
      }
    };
  }

  /** The writing end; a write waits while the pipe is full. */
  public OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        BytePipe.this.write(from, offset, length);
      }
    };
  }

  void write(byte[] from, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    lock.lock();
    try {
      while (queued >= limit && !closed) {
        changed.await();
      }
      if (closed) {
        throw new IOException("console closed");
      }
      queue.add(Arrays.copyOfRange(from, offset, offset + length));
      queued += length;
      total += length;
      highest = Math.max(highest, queued);
      lastWrite = System.nanoTime();
      changed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.await();
      }
      if (queue.isEmpty()) {
        return -1;
      }
      int copied = 0;
      while (copied < length && !queue.isEmpty()) {
        copied += takeFromHead(into, offset + copied, length - copied);
      }
      queued -= copied;
      changed.signalAll();
      return copied;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private int takeFromHead(byte[] into, int offset, int length) {
    byte[] head = queue.element();
    int some = Math.min(length, head.length - headOffset);
    System.arraycopy(head, headOffset, into, offset, some);
    headOffset += some;
    if (headOffset == head.length) {
      queue.remove();
      headOffset = 0;
    }
    return some;
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes ever written. */
  public long total() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  /** The most bytes that ever waited at once. */
  public long highest() {
    lock.lock();
    try {
      return highest;
    } finally {
      lock.unlock();
    }
  }

  long lastWriteNanos() {
    lock.lock();
    try {
      return lastWrite;
    } finally {
      lock.unlock();
    }
  }
}
