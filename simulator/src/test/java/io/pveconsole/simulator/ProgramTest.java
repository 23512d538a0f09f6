// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pveconsole.simulator.guest.GuestConsole;
import io.pveconsole.simulator.guest.GuestSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program: options, files, control interface, failures that name their cure. */
class ProgramTest {
  @TempDir Path directory;

  private RunningProgram start(String... more) throws Exception {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "--nodes", "pve1:0,pve2:0", "--dir", directory.toString(), "--password", "secret"));
    arguments.addAll(List.of(more));
    return RunningProgram.start(Options.parse(arguments.toArray(String[]::new)));
  }

  private static String call(String method, String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void writesItsFactsAndCanBeSteered() throws Exception {
    try (RunningProgram program = start()) {
      JsonNode facts = new ObjectMapper().readTree(directory.resolve("simulator.json").toFile());
      assertThat(facts.get("endpoints")).hasSize(2);
      assertThat(facts.get("guests")).hasSize(6);
      assertThat(facts.get("username").asText()).isEqualTo("relay@pve");
      assertThat(facts.get("password").asText()).isEqualTo("secret");
      assertThat(facts.get("tokenId").asText()).isEqualTo("relay@pve!k8s");
      assertThat(Files.readString(Path.of(facts.get("caFile").asText())))
          .startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(program.readyLine()).startsWith("Ready: ").contains("secret").doesNotContain("\n");

      String url = facts.get("controlUrl").asText();
      assertThat(call("GET", url + "/guests", "")).contains("\"name\":\"web-1\"");
      assertThat(call("GET", url + "/guests/100/screen", "")).contains("VM 100 on pve1");
      assertThat(call("POST", url + "/guests/100/migrate?to=pve2", "")).contains("pve2");
      assertThat(call("POST", url + "/guests/100/migrate?to=pve9", "")).contains("no node pve9");
      assertThat(call("POST", url + "/guests/100/stop", "")).contains("stopped");
      assertThat(call("POST", url + "/guests/100/start", "")).contains("running");
      assertThat(call("POST", url + "/guests/100/replace?name=n2", "")).contains("n2");
      assertThat(call("POST", url + "/guests/100/still", "")).contains("n2");
      assertThat(call("POST", url + "/guests/900/start", "")).contains("template");
      assertThat(call("PUT", url + "/faults/slow-vncproxy", "{\"value\":\"10\",\"node\":\"pve1\"}"))
          .contains("\"enabled\":true");
      assertThat(call("GET", url + "/faults", "")).contains("\"slow-vncproxy\":{\"enabled\":true");
      assertThat(call("PUT", url + "/faults/slow-vncproxy", "{\"enabled\":false}"))
          .isEqualTo("{\"enabled\":false}\n");
      assertThat(call("GET", url + "/faults/nonsense", "")).contains("no fault nonsense");
      assertThat(call("POST", url + "/guests/100/reboot", "")).contains("running");
      assertThat(call("POST", url + "/guests/100/reset", "")).contains("running");
      assertThat(call("POST", url + "/guests/100/vga?type=none", "")).contains("running");
      assertThat(call("GET", url + "/nodes", "")).contains("\"mostWaiting\":0");
      assertThat(call("POST", url + "/nodes/pve1/cut", "")).contains("pve1");
      assertThat(call("POST", url + "/nodes/pve1/restart?ms=1", "")).contains("pve1");
      assertThat(call("POST", url + "/nodes/pve1/burn", "")).contains("unknown action");
      assertThat(
              call("POST", url + "/credentials/token", "{\"id\":\"relay@pve!b\",\"secret\":\"s\"}"))
          .contains("relay@pve!b")
          .doesNotContain("\"s\"");
      assertThat(call("POST", url + "/credentials/token", "{\"secret\":\"s\"}"))
          .contains("relay@pve!k8s");
      assertThat(call("POST", url + "/credentials/token", "")).contains("needs secret");
      assertThat(call("POST", url + "/credentials/password", "{\"password\":\"p\"}"))
          .contains("relay@pve");
      assertThat(call("POST", url + "/credentials/delete", "{\"id\":\"relay@pve!b\"}"))
          .contains("relay@pve!b");
      assertThat(call("GET", url + "/tasks", "")).isEqualTo("[]\n");
      assertThat(call("GET", url + "/consoles", "")).isEqualTo("[]\n");
      assertThat(call("GET", url + "/issued", "")).isEqualTo("[]\n");
      assertThat(call("GET", url + "/", "")).contains("/guests/VMID/screen");
    }
  }

  @Test
  void readsGuestsFromAFile() throws Exception {
    Path file = directory.resolve("guests");
    Files.writeString(file, "# mine\n300 mail qemu pve1 running serial\n301 ct lxc pve2 stopped\n");
    Options options =
        Options.parse(new String[] {"--nodes", "pve1:0,pve2:0", "--guests", file.toString()});
    assertThat(options.config().guests()).hasSize(2).contains(GuestSpec.vm(300, "mail", "pve1"));

    Files.writeString(file, "300 mail qemu pve1 running console=firehose:50\n");
    assertThat(GuestFile.read(file, NodeSpec.parse("pve1:0")))
        .extracting(GuestSpec::console)
        .containsExactly(new GuestConsole.Firehose(50_000_000));
    Files.writeString(file, "300 mail qemu pve1 running console=what\n");
    assertThatThrownBy(() -> GuestFile.read(file, NodeSpec.parse("pve1:0")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("console=");
    Files.writeString(file, "300 mail lxc pve1 running console=echo\n");
    assertThatThrownBy(() -> GuestFile.read(file, NodeSpec.parse("pve1:0")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("container");

    Files.writeString(file, "300 mail qemu pve7 running\n");
    assertThatThrownBy(() -> Options.parse(new String[] {"--guests", file.toString()}))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no node 'pve7'");
    Files.writeString(file, "what\n");
    assertThatThrownBy(() -> Options.parse(new String[] {"--guests", file.toString()}))
        .isInstanceOf(StartFailure.class);
  }

  @Test
  void namesTheCureOfATakenPortAndEndsWithTwo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Program program = new Program(System.out, new PrintStream(err, true));
      String[] arguments = {
        "--nodes", "pve1:" + taken.getLocalPort(), "--dir", directory.toString()
      };
      assertThat(program.run(arguments)).isEqualTo(2);
      assertThat(err.toString())
          .contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("--nodes pve1:0");
      assertThat(err.toString().lines()).hasSize(1);

      String[] control = {
        "--nodes",
        "pve1:0",
        "--dir",
        directory.toString(),
        "--control-port",
        "" + taken.getLocalPort()
      };
      assertThat(program.run(control)).isEqualTo(2);
      assertThat(err.toString()).contains("--control-port 0");
    }
  }

  @Test
  void refusesBadOptions() {
    for (String[] bad :
        new String[][] {
          {"--foo"},
          {"--nodes"},
          {"--nodes", "a:b"},
          {"--style", "x"},
          {"--qemu", "x"},
          {"--control-port", "99999"},
          {"--bind", "999.1.1.1"},
          {"--guests", "/nowhere"}
        }) {
      assertThatThrownBy(() -> Options.parse(bad)).isInstanceOf(StartFailure.class);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(new Program(new PrintStream(out), System.err).run(new String[] {"--help"})).isZero();
    assertThat(out.toString()).contains("--qemu VMID");
  }
}
