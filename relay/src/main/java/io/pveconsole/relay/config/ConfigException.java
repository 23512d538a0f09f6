// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.config;

/** A setting that is missing or cannot be used; the message names its key. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String key, String problem) {
    super(key + " " + problem);
  }
}
