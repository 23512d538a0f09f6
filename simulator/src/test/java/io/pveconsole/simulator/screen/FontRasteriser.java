// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the glyph file of the screen from a monospaced font of this machine; run by hand when the
 * font changes.
 */
final class FontRasteriser {
  private FontRasteriser() {}

  /** Arguments: font file, output file. */
  public static void main(String[] args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    Font font = Font.createFont(Font.TRUETYPE_FONT, Path.of(args[0]).toFile()).deriveFont(13.3f);
    int[] codes =
        IntStream.concat(
                IntStream.concat(
                    IntStream.rangeClosed(0x20, 0x7e), IntStream.rangeClosed(0xa1, 0xff)),
                "–—‘’“”•…←↑→↓─│┌┐└┘├┤┬┴┼═║░▒▓█▀▄▌▐■□▲▼◀▶●○✓✗€".chars())
            .filter(font::canDisplay)
            .sorted()
            .toArray();
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(Path.of(args[1]))))) {
      out.writeShort(codes.length);
      for (int code : codes) {
        out.writeShort(code);
        glyph(out, font, code);
      }
    }
  }

  private static void glyph(DataOutputStream out, Font font, int code) throws IOException {
    BufferedImage image = new BufferedImage(8, 16, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.setFont(font);
    g.drawString(new String(Character.toChars(code)), 0, 12);
    g.dispose();
    byte[] alpha = new byte[128];
    image.getRaster().getDataElements(0, 0, 8, 16, alpha);
    out.write(alpha);
  }
}
