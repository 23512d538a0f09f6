// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;

/** Which implementation encrypts. */
public enum TlsEngine {
  /** The JDK's own. */
  JDK,
  /** BoringSSL, a native library: less than half the CPU. */
  BORINGSSL;

  /** BoringSSL where its library loads, the JDK otherwise. */
  public static TlsEngine best() {
    return OpenSSLEngineOptions.isAvailable() ? BORINGSSL : JDK;
  }

  /** What makes Vert.x use it. */
  public SSLEngineOptions options() {
    return this == JDK ? new JdkSSLEngineOptions() : new OpenSSLEngineOptions();
  }
}
