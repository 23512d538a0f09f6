// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.util.Map;
import java.util.Optional;

/** The Secrets and ConfigMaps that pods mount and refer to, as last seen. */
interface ConfigObjects {

  Optional<Map<String, byte[]>> secret(String namespace, String name);

  Optional<Map<String, byte[]>> configMap(String namespace, String name);
}
