// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.config;

/** A setting that the operator cannot start with; the message begins with its key. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConfigException(String key, String problem) {
    super(key + " " + problem);
  }
}
