// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads the mounted key Secret: files {@code previous}, {@code current} and {@code next}. */
public final class KeyFiles {

  private static final long MAX_BYTES = 4096;

  private final Path directory;

  public KeyFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads all slots; blocks.
   *
   * @throws IOException when {@code current} is missing or a file is no key; the message holds no
   *     content of the file
   */
  public KeyRing read() throws IOException {
    CookieKey current = slot("current");
    if (current == null) {
      throw new IOException("no key in " + directory.resolve("current"));
    }
    return new KeyRing(slot("previous"), current, slot("next"));
  }

  private @Nullable CookieKey slot(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return null;
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too large for a key");
    }
    try {
      JsonObject json = new JsonObject(Files.readString(file));
      String notBefore = json.getString("notBefore");
      return CookieKey.of(
          json.getString("kid", ""),
          decode(json.getString("key", "")),
          notBefore == null ? Instant.EPOCH : Instant.parse(notBefore));
    } catch (DecodeException
        | IllegalArgumentException
        | DateTimeException
        | ClassCastException e) {
      throw new IOException(file + " is not {kid, key, notBefore}");
    }
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64.strip().replace('-', '+').replace('_', '/'));
  }
}
