// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateReaderTest {

  private final List<Integer> updates = new ArrayList<>();
  private final List<Integer> echoes = new ArrayList<>();
  private final UpdateReader reader =
      new UpdateReader(
          new ScreenEvents() {
            @Override
            public void update(int bytes) {
              updates.add(bytes);
            }

            @Override
            public void echo(int what) {
              echoes.add(what);
            }
          });

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 1000})
  void findsUpdatesHoweverTheyAreCut(int cut) {
    Buffer stream = update(2);
    rectangle(stream, 3, 2).appendBytes(new byte[24]);
    rectangle(stream, 1, 1).appendInt(0x1234);
    rectangle(stream.appendBuffer(update(1)), 1, 1).appendInt('a');
    for (int at = 0; at < stream.length(); at += cut) {
      reader.feed(stream.getBuffer(at, Math.min(at + cut, stream.length())));
    }

    assertThat(updates).containsExactly(4 + 12 + 24 + 12 + 4, 20);
    assertThat(echoes).containsExactly(0x1234, (int) 'a');
  }

  @Test
  void refusesWhatWasNotAskedFor() {
    assertThatThrownBy(() -> reader.feed(Buffer.buffer().appendInt(0xa5a5a5a5)))
        .hasMessageContaining("a5a5a5a5");
    Buffer tight = update(1).appendLong(0x0000_0000_0010_0010L).appendInt(7);
    UpdateReader other = new UpdateReader(ScreenEvents.NONE);
    assertThatThrownBy(() -> other.feed(tight)).hasMessageContaining("encoding 7");
  }

  @Test
  void nobodyListensToTheSilent() {
    UpdateReader silent = new UpdateReader(ScreenEvents.NONE);
    silent.feed(rectangle(update(1), 1, 1).appendInt(1));
    assertThat(updates).isEmpty();
  }

  private static Buffer update(int rectangles) {
    return Buffer.buffer().appendInt(rectangles);
  }

  private static Buffer rectangle(Buffer to, int width, int height) {
    return to.appendInt(0).appendUnsignedShort(width).appendUnsignedShort(height).appendInt(0);
  }
}
