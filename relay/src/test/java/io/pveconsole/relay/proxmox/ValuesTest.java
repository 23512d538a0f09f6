// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from Proxmox and from settings, and what never shows its secret. */
class ValuesTest {

  private static final String HEX = "AB".repeat(32);
  private static final GuestRef VM = new GuestRef(100, GuestType.QEMU, "pve1");
  private static final GuestRef CT = new GuestRef(200, GuestType.LXC, "pve1");

  @Test
  void readsFingerprintsInAnyForm() {
    Fingerprint colons = new Fingerprint(String.join(":", HEX.split("(?<=\\G..)")));

    assertThat(new Fingerprint(HEX.toLowerCase(java.util.Locale.ROOT))).isEqualTo(colons);
    assertThat(colons.text()).hasSize(95);
    assertThatThrownBy(() -> new Fingerprint("AB:CD")).hasMessageContaining("AB:CD");
    assertThatThrownBy(() -> new Fingerprint("zz")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsEndpoints() {
    ProxmoxEndpoint plain = ProxmoxEndpoint.of("https://[::1]");
    ProxmoxEndpoint prefixed = ProxmoxEndpoint.of("https://front.example:8443/pve/");

    assertThat(plain.host()).isEqualTo("::1");
    assertThat(plain.port()).isEqualTo(443);
    assertThat(plain.prefix()).isEmpty();
    assertThat(prefixed.prefix()).isEqualTo("/pve");
    assertThat(ApiCall.get("/version", Step.AUTH).target(prefixed))
        .isEqualTo("/pve/api2/json/version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a:8006", "https:///x", "https://u:p@a", "https://a?b", "a"})
  void refusesOtherUrls(String url) {
    assertThatThrownBy(() -> ProxmoxEndpoint.of(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void encodesAllButUnreservedCharacters() {
    assertThat(Percent.encode("aZ09-._~")).isEqualTo("aZ09-._~");
    assertThat(Percent.encode(":%&+;#=?/ é")).isEqualTo("%3A%25%26%2B%3B%23%3D%3F%2F%20%C3%A9");
    assertThat(Percent.form(Map.of("a b", "c+d"))).isEqualTo("a%20b=c%2Bd");
  }

  @Test
  void showsNoSecrets() {
    Secret secret = Secret.of("hunter2");
    Credentials token = new Credentials.ApiToken("a@pve!t", secret);
    Credentials user = new Credentials.UserPassword("a@pve", secret);
    ConsolePort port =
        new ConsolePort(5900, "a@pve", Secret.of("hunter2"), Secret.of("hunter2"), "pve1");
    ApiCall call = ApiCall.get("/x", Map.of("vncticket", "hunter2"), Step.PORT);
    List<Object> holders =
        List.of(
            secret,
            token,
            user,
            port,
            port.loginLine(),
            call,
            Authorization.token((Credentials.ApiToken) token),
            Authorization.ticket(secret, secret),
            new Ticket(secret, secret, Instant.EPOCH),
            new AccessFailure.LoginRefused(token),
            new AccessFailure.LoginRefused(user),
            new ProxmoxSettings(
                List.of(ProxmoxEndpoint.of("https://a")),
                new Trust.SystemCas(),
                null,
                user,
                TimeLimits.DEFAULT));

    assertThat(holders).allSatisfy(h -> assertThat(h.toString()).doesNotContain("hunter2"));
    assertThat(secret).isEqualTo(Secret.of("hunter2")).hasSameHashCodeAs(Secret.of("hunter2"));
  }

  @Test
  void refusesIncompleteCredentialsAndTrust() {
    assertThatThrownBy(() -> new Credentials.ApiToken("a@pve", Secret.of("x")))
        .hasMessageContaining("user@realm!name");
    assertThatThrownBy(() -> new Credentials.UserPassword("a", Secret.of("x")))
        .hasMessageContaining("user@realm");
    assertThatThrownBy(() -> new Trust.Pinned(List.of())).hasMessageContaining("fingerprint");
    assertThatThrownBy(() -> new Trust.CaBundle("nothing")).hasMessageContaining("CA bundle");
  }

  @Test
  void readsTheInventoryLeniently() throws Exception {
    List<InventoryEntry> entries =
        InventoryEntry.parse(
            json(
                "[{'vmid':'100','type':'qemu','node':'pve1','status':'running','name':'web'},"
                    + "{'vmid':900,'type':'qemu','node':'pve1','status':'stopped','template':'1'},"
                    + "{'vmid':200,'type':'lxc','node':'pve2','status':'unknown'},"
                    + "{'type':'storage','node':'pve1'},{'vmid':5,'type':'qemu'}]"));

    assertThat(entries)
        .containsExactly(
            new InventoryEntry(VM, "web", GuestStatus.RUNNING, false),
            new InventoryEntry(
                new GuestRef(900, GuestType.QEMU, "pve1"), "", GuestStatus.STOPPED, true),
            new InventoryEntry(
                new GuestRef(200, GuestType.LXC, "pve2"), "", GuestStatus.UNKNOWN, false));
  }

  @Test
  void tellsGuestsApart() throws Exception {
    String first =
        "{'smbios1':'uuid=AA-1,family=x','meta':'creation-qemu=9.0,ctime=17','vga':'std'}";
    String reused = "{'smbios1':'uuid=BB-2','meta':'creation-qemu=9.0,ctime=18','vga':'type=none'}";

    GuestConfig one = config(VM, "web", first);

    assertThat(one).isEqualTo(config(VM, "renamed", first));
    assertThat(one.identity().text()).isEqualTo("qemu:ctime=17:uuid=aa-1");
    assertThat(one.display()).isTrue();
    assertThat(config(VM, "web", reused).identity()).isNotEqualTo(one.identity());
    assertThat(config(VM, "web", reused).display()).isFalse();
    assertThat(config(VM, "web", "{'vga':'none'}").display()).isFalse();
    assertThat(config(VM, "web", "{}").identity().text()).isEqualTo("qemu:name=web");
    assertThat(config(CT, "ct", "{'net0':'name=eth0,hwaddr=BC:24:11:00:00:01'}").identity().text())
        .isEqualTo("lxc:net0=bc:24:11:00:00:01");
    assertThat(config(CT, "ct", "{}").identity().text()).isEqualTo("lxc:name=ct");
  }

  @Test
  void readsPortsOfOldAndNewReleases() throws Exception {
    ConsolePort old =
        ConsolePort.parse(json("{'port':'5901','ticket':'PVEVNC:6::x','user':'a@pve'}"))
            .orElseThrow();
    ConsolePort now =
        ConsolePort.parse(
                json(
                    "{'port':5902,'ticket':'T','password':'P','user':'a@pve',"
                        + "'upid':'UPID:pve2:0001:02:03:vncproxy:100:a@pve:'}"))
            .orElseThrow();

    assertThat(old.port()).isEqualTo(5901);
    assertThat(old.password().reveal()).isEqualTo("PVEVNC:6::x");
    assertThat(old.node()).isEmpty();
    assertThat(old.loginLine().reveal()).isEqualTo("a@pve:PVEVNC:6::x\n");
    assertThat(now.port()).isEqualTo(5902);
    assertThat(now.password().reveal()).isEqualTo("P");
    assertThat(now.node()).isEqualTo("pve2");
    assertThat(ConsolePort.parse(json("{'port':22,'ticket':'T'}"))).isEmpty();
    assertThat(ConsolePort.parse(json("{'port':5900}"))).isEmpty();
    assertThat(ConsolePort.parse(json("null"))).isEmpty();
  }

  @Test
  void computesTheAcceptKeyOfTheStandard() {
    assertThat(Upgrade.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  private static GuestConfig config(GuestRef ref, String name, String text) throws Exception {
    return GuestConfig.parse(new InventoryEntry(ref, name, GuestStatus.RUNNING, false), json(text));
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
