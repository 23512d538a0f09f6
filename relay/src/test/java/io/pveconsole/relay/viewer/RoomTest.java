// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {

  private static final long MIB = 1024 * 1024;
  private static final long KIB = 1024;

  private static void times(int count, Runnable work) {
    for (int i = 0; i < count; i++) {
      work.run();
    }
  }

  @Test
  void aPodOfTheDefaultSizeHasRoomForThousands() {
    assertThat(new Room(200 * MIB).consoles(0)).isBetween(2_800, 3_000);
  }

  @Test
  void aSmallHeapHasRoomForHundreds() {
    assertThat(new Room(64 * MIB).consoles(0)).isBetween(600, 700);
  }

  @Test
  void sessionsThatAreKnownTakeRoomToo() {
    Room room = new Room(200 * MIB);

    assertThat(room.consoles(8_000)).isBetween(1_800, 2_000);
    assertThat(room.consoles(1_000_000)).isEqualTo(1);
  }

  @Test
  void aFloodIsEndedSoonerWhereManyAreSlow() {
    Room room = new Room(200 * MIB);
    assertThat(room.flood()).isEqualTo(8 * MIB);

    times(25, room::behind);
    assertThat(room.flood()).isEqualTo(2 * MIB);

    times(1_000, room::behind);
    assertThat(room.flood()).isEqualTo(512 * KIB);
  }

  @Test
  void whatMayWaitIsSharedByThoseWhoAreSlow() {
    Room room = new Room(200 * MIB);
    assertThat(room.waiting()).isEqualTo(192 * KIB);

    times(500, room::behind);
    assertThat(room.waiting()).isBetween(100 * KIB, 105 * KIB);

    times(100_000, room::behind);
    assertThat(room.waiting()).isEqualTo(16 * KIB);

    times(100_500, room::caughtUp);
    assertThat(room.waiting()).isEqualTo(192 * KIB);
  }
}
