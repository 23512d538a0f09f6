// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How relays are started.
 *
 * @param command the relay's program with all its flags, and taskset before it where wanted
 * @param environment more of the relay's environment than the stage gives
 * @param directory where files and logs go
 */
public record Settings(List<String> command, Map<String, String> environment, Path directory) {}
