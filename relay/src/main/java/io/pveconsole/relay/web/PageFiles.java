// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.async.Blocking;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The page's files from the class path, kept in memory once asked for. */
final class PageFiles {

  /**
   * {@code assets/<hash of the page's build>/<file>}, the way in which the page names its files.
   */
  private static final Pattern OF_A_BUILD = Pattern.compile("assets/([0-9a-f]{16})/(.+)");

  private static final String BUILD = "build.txt";

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  /**
   * One file.
   *
   * @param gzip the same, packed; empty where that does not help
   * @param lasting whether the name it was asked by will never mean anything else
   */
  record PageFile(Buffer content, Buffer gzip, String type, String tag, boolean lasting) {

    PageFile forGood() {
      return new PageFile(content, gzip, type, tag, true);
    }
  }

  private final Blocking blocking;
  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  PageFiles(Blocking blocking) {
    this.blocking = blocking;
  }

  /**
   * A file of the page. While relays are replaced one by one, a page of another build may ask here:
   * it gets what this build has, but not to keep.
   */
  Future<Optional<PageFile>> get(String name) {
    Matcher build = OF_A_BUILD.matcher(name);
    if (!build.matches()) {
      return file(name);
    }
    return file("assets/" + build.group(2))
        .compose(
            file ->
                file(BUILD)
                    .map(
                        ours -> isText(ours, build.group(1)) ? file.map(PageFile::forGood) : file));
  }

  private static boolean isText(Optional<PageFile> file, String text) {
    return file.filter(f -> f.content().toString().equals(text)).isPresent();
  }

  /** A file below {@code web/}; only names that exist are kept, so the memory is bounded. */
  private Future<Optional<PageFile>> file(String name) {
    PageFile known = files.get(name);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
    }
    return blocking.call(LIMIT, () -> load(name));
  }

  private Optional<PageFile> load(String name) throws IOException {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      return Optional.empty();
    }
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream("web/" + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      byte[] packed = packed(bytes);
      PageFile file =
          new PageFile(
              Buffer.buffer(bytes),
              packed.length < bytes.length ? Buffer.buffer(packed) : Buffer.buffer(),
              type,
              "\"" + hash(bytes) + "\"",
              false);
      files.put(name, file);
      return Optional.of(file);
    }
  }

  private static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
          .substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
