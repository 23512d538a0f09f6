// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A disk of 1 MiB whose first sector greets with the guest's name and echoes the keyboard, in VGA
 * text mode.
 */
final class BootSector {
  private static final int DISK = 1 << 20;
  private static final int TEXT_AT = 0x80;
  private static final int SIGNATURE_AT = 510;

  /**
   * Real-mode code at 0x7c00.
   *
   * <pre>
   *   31 C0            xor  ax, ax
   *   8E D8            mov  ds, ax
   *   8E D0            mov  ss, ax
   *   BC 00 7C         mov  sp, 0x7c00
   *   B8 03 00         mov  ax, 3          ; 80 by 25, text
   *   CD 10            int  0x10
   *   BE 80 7C         mov  si, 0x7c80     ; the greeting
   *   AC         next: lodsb
   *   84 C0            test al, al
   *   74 08            jz   keys
   *   B4 0E            mov  ah, 0x0e       ; teletype
   *   31 DB            xor  bx, bx
   *   CD 10            int  0x10
   *   EB F3            jmp  next
   *   31 C0      keys: xor  ax, ax         ; wait for a key
   *   CD 16            int  0x16
   *   84 C0            test al, al
   *   74 F8            jz   keys           ; no character
   *   B4 0E            mov  ah, 0x0e
   *   31 DB            xor  bx, bx
   *   CD 10            int  0x10
   *   3C 0D            cmp  al, 13
   *   75 EE            jne  keys
   *   B8 0A 0E         mov  ax, 0x0e0a     ; Enter also moves down
   *   CD 10            int  0x10
   *   EB E7            jmp  keys
   * </pre>
   */
  private static final byte[] CODE =
      HexFormat.of()
          .parseHex(
              "31C08ED88ED0BC007CB80300CD10BE807CAC84C07408B40E31DBCD10EBF3"
                  + "31C0CD1684C074F8B40E31DBCD103C0D75EEB80A0ECD10EBE7");

  private BootSector() {}

  static byte[] image(Guest guest) {
    byte[] disk = new byte[DISK];
    System.arraycopy(CODE, 0, disk, 0, CODE.length);
    String greeting =
        "QEMU guest " + guest.vmid() + ", " + guest.name() + "\r\nType something.\r\n\r\n";
    byte[] text = greeting.getBytes(StandardCharsets.US_ASCII);
    byte[] fitting = Arrays.copyOf(text, Math.min(text.length, SIGNATURE_AT - TEXT_AT - 1));
    System.arraycopy(fitting, 0, disk, TEXT_AT, fitting.length);
    disk[SIGNATURE_AT] = 0x55;
    disk[SIGNATURE_AT + 1] = (byte) 0xaa;
    return disk;
  }
}
