// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.front;

import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.web.security.KeyFiles;
import io.pveconsole.relay.web.security.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cookie keys as the mount has them. Safe from any thread. */
public final class CookieKeys {

  private static final Logger LOG = LoggerFactory.getLogger(CookieKeys.class);

  private final KeyFiles files;
  private final RelayMetrics metrics;
  private volatile KeyRing ring;

  /** Reads them; blocks. */
  public CookieKeys(Path directory, RelayMetrics metrics) throws IOException {
    this.files = new KeyFiles(directory);
    this.metrics = metrics;
    this.ring = files.read();
    metrics.cookieKey(ring.newestKid());
  }

  /** Reads them again and keeps the old ones if that fails; blocks. */
  public void reload() {
    try {
      ring = files.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    metrics.cookieKey(ring.newestKid());
    LOG.atInfo().addKeyValue("kid", ring.newestKid()).log("cookie keys loaded");
  }

  /** The three slots. */
  public KeyRing ring() {
    return ring;
  }

  /** The name of the newest key. */
  public String newestKid() {
    return ring.newestKid();
  }
}
