// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubeapitest.binary.OSInfo;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.ApiChooser;
import io.pveconsole.sandbox.api.KubernetesApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerDownloadTest {

  @TempDir Path cache;

  private final List<String> progress = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void serve(String path, byte[] bytes) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String name : List.of("etcd", "kube-apiserver", "kubectl", "README")) {
        TarArchiveEntry entry = new TarArchiveEntry("controller-tools/envtest/" + name);
        entry.setSize(name.length());
        tar.putArchiveEntry(entry);
        tar.write(name.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private void index(String hash) {
    OSInfo system = new OSInfo();
    String file = "-" + system.getOSName() + "-" + system.getOSArch() + ".tar.gz";
    String text =
        """
        releases:
          v1.9.0:
            envtest-v1.9.0%1$s: {hash: old, selfLink: "%2$s"}
          v1.36.3:
            envtest-v1.36.3%1$s: {hash: %3$s, selfLink: "%4$s"}
          v1.37.0-rc.1:
            envtest-v1.37.0-rc.1%1$s: {hash: new, selfLink: "%2$s"}
        """
            .formatted(file, address("/other"), hash, address("/archive"));
    serve("/index", text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<ApiServerBinaries> download() {
    return new ApiServerDownload(address("/index"), progress::add).into(cache);
  }

  @Test
  void takesTheNewestReleaseOnceItsHashIsRight() throws Exception {
    byte[] archive = archive();
    serve("/archive", archive);
    index(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(archive)));
    ApiServerBinaries binaries = download().orElseThrow();
    assertThat(binaries.etcd()).hasContent("etcd").isExecutable();
    assertThat(binaries.kubectl()).isExecutable();
    assertThat(binaries.directory().resolve("README")).doesNotExist();
    assertThat(progress).anyMatch(line -> line.contains("downloading kube-apiserver v1.36.3"));
  }

  @Test
  void refusesAnArchiveWithAnotherHash() throws Exception {
    serve("/archive", archive());
    index("00");
    assertThat(download()).isEmpty();
    assertThat(progress).anyMatch(line -> line.contains("SHA-512"));
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void withoutNetworkTheMockIsChosenAndTheRealOneRefusedWithTheCure() {
    server.stop(0);
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
    ApiChooser chooser =
        new ApiChooser(environment, address("/index"), cache, cache, List.of(), progress::add);
    try (KubernetesApi api = chooser.automatic()) {
      assertThat(api.isReal()).isFalse();
    }
    assertThat(progress).anyMatch(line -> line.contains("cannot be downloaded"));
    assertThatThrownBy(chooser::real)
        .isInstanceOfSatisfying(
            SandboxException.class,
            e -> assertThat(e.cure()).contains("KUBEBUILDER_ASSETS").contains("apiserver/build"));
  }

  @Test
  void findsGivenAndCachedPrograms() throws IOException {
    Path assets = Files.createDirectories(cache.resolve("assets"));
    Map<String, String> given = Map.of("KUBEBUILDER_ASSETS", assets.toString());
    assertThatThrownBy(() -> ApiServerBinaries.find(given))
        .hasMessageContaining("does not hold etcd");
    for (String name : List.of("etcd", "kube-apiserver")) {
      assertThat(Files.createFile(assets.resolve(name)).toFile().setExecutable(true)).isTrue();
    }
    assertThat(ApiServerBinaries.find(given)).contains(new ApiServerBinaries(assets));
    Map<String, String> cached = Map.of("XDG_CACHE_HOME", cache.toString());
    assertThat(ApiServerBinaries.find(cached)).isEmpty();
    Files.createDirectories(cache.resolve("pveconsole"));
    Files.move(assets, cache.resolve("pveconsole/apiserver"));
    assertThat(ApiServerBinaries.find(cached)).isPresent();
  }
}
