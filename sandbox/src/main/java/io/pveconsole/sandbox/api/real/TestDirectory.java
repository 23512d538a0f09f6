// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.OSInfo;
import io.pveconsole.sandbox.api.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The directory layout that kube-api-test expects. It starts whatever lies under the programs'
 * names, so small scripts lie there that run them guarded (killing the sandbox ends them too) and
 * with what a sandbox wants beside kube-api-test's own flags.
 */
final class TestDirectory {

  static final String VERSION = "1.0.0";

  /**
   * kube-api-test has etcd listen on all addresses, where anyone could read and write all objects.
   */
  private static final String LOOPBACK_ONLY =
      """
      for word; do
        shift
        case $word in
          http://0.0.0.0:*) word=http://127.0.0.1:${word##*:} ;;
        esac
        set -- "$@" "$word"
      done
      """;

  private TestDirectory() {}

  static void prepare(Path directory, ApiServerBinaries binaries, List<String> prefix, Path logs)
      throws IOException {
    Path bin = directory.resolve("k8s").resolve(VERSION + Utils.platformSuffix(new OSInfo()));
    Files.createDirectories(bin);
    String guarded = prefix.stream().map(TestDirectory::quoted).collect(Collectors.joining(" "));
    script(
        bin.resolve("etcd"),
        LOOPBACK_ONLY,
        guarded,
        binaries.etcd(),
        " --unsafe-no-fsync" + into(logs.resolve("etcd.log")));
    script(
        bin.resolve("kube-apiserver"),
        "",
        guarded,
        binaries.apiServer(),
        into(logs.resolve("kube-apiserver.log")));
    script(bin.resolve("kubectl"), "", "", binaries.kubectl(), "");
    certificates(directory);
  }

  /** Those that kube-api-test would make take it seconds, for its keys are RSA. */
  private static void certificates(Path directory) throws IOException {
    List<GeneralName> server =
        List.of(
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, "kubernetes.default.svc"));
    List<GeneralName> client = List.of(new GeneralName(GeneralName.dNSName, "sandbox"));
    write(directory, "apiserver", "CN=kube-apiserver", server);
    write(directory, "client", "O=system:masters,CN=sandbox-admin", client);
  }

  private static void write(Path directory, String name, String subject, List<GeneralName> names)
      throws IOException {
    Path certificate = directory.resolve(name + ".crt");
    SelfSigned.write(
        subject, names, certificate, directory.resolve(name + ".key"), Clock.systemUTC());
  }

  private static void script(Path file, String before, String guarded, Path program, String flags)
      throws IOException {
    String run = (guarded + " " + quoted(program.toString())).strip();
    Files.writeString(file, "#!/bin/sh\n" + before + "exec " + run + " \"$@\"" + flags + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private static String into(Path log) {
    return " >>" + quoted(log.toString()) + " 2>&1";
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
