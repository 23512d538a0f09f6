// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The directory layout that kube-api-test expects. It starts whatever lies under the programs'
 * names, so small scripts lie there that run them guarded (killing the sandbox ends them too) and
 * with what a sandbox wants beside kube-api-test's own flags.
 */
final class TestDirectory {

  static final String VERSION = "1.0.0";

  private TestDirectory() {}

  static void prepare(Path directory, ApiServerBinaries binaries, List<String> prefix)
      throws IOException {
    Path bin = directory.resolve("k8s").resolve(VERSION + Utils.platformSuffix(new OSInfo()));
    Files.createDirectories(bin);
    String guarded = prefix.stream().map(TestDirectory::quoted).collect(Collectors.joining(" "));
    script(bin.resolve("etcd"), guarded, binaries.etcd(), " --unsafe-no-fsync");
    script(bin.resolve("kube-apiserver"), guarded, binaries.apiServer(), "");
    script(bin.resolve("kubectl"), "", binaries.kubectl(), "");
  }

  private static void script(Path file, String guarded, Path program, String flags)
      throws IOException {
    String run = (guarded + " " + quoted(program.toString())).strip();
    Files.writeString(file, "#!/bin/sh\nexec " + run + " \"$@\"" + flags + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
