// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Stands for the simulator: writes its facts and stays. */
public final class FakeSimulator {

  private FakeSimulator() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[Arrays.asList(args).indexOf("--dir") + 1]);
    Files.createDirectories(directory);
    Path ca = Files.writeString(directory.resolve("ca.pem"), "certificate");
    Path facts = directory.resolve("facts");
    Files.writeString(
        facts,
        """
        {"endpoints":[{"node":"pve1","url":"https://127.0.0.1:1","fingerprint":"AB"}],
         "caFile":"%s","username":"relay@pve","password":"p","tokenId":"relay@pve!k8s",
         "tokenSecret":"s","controlUrl":"http://127.0.0.1:1",
         "guests":[{"vmid":100,"name":"off","type":"qemu","node":"pve1","status":"stopped"},
                   {"vmid":101,"name":"on","type":"qemu","node":"pve1","status":"running"}]}
        """
            .formatted(ca));
    Files.move(facts, directory.resolve("simulator.json"));
    new CountDownLatch(1).await();
  }
}
