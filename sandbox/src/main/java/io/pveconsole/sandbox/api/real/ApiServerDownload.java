// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Downloads etcd, kube-apiserver and kubectl from the releases that envtest publishes, once, into
 * the cache. Without an answer within seconds it gives up: most likely there is no network.
 */
public final class ApiServerDownload {

  /** Where envtest lists its releases. */
  public static final URI INDEX =
      URI.create(
          "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/"
              + "envtest-releases.yaml");

  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofMinutes(10);

  private final URI index;
  private final String platform;
  private final Consumer<String> progress;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(FIRST_ANSWER)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** An archive of the index. */
  private record Archive(String version, URI address, String sha512) {}

  /** For this machine. */
  public ApiServerDownload(URI index, Consumer<String> progress) {
    OSInfo system = new OSInfo();
    this.index = index;
    this.platform = system.getOSName() + "-" + system.getOSArch();
    this.progress = progress;
  }

  /** The programs, or empty when they cannot be had; progress says why. */
  public Optional<ApiServerBinaries> into(Path cache) {
    try {
      Optional<Archive> newest = newest();
      if (newest.isEmpty()) {
        progress.accept("no kube-apiserver is published for " + platform);
        return Optional.empty();
      }
      return Optional.of(fetch(newest.get(), cache));
    } catch (IOException e) {
      progress.accept("kube-apiserver cannot be downloaded: " + reason(e));
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Connection failures of the JDK's client have no message. */
  private String reason(IOException e) {
    return e.getMessage() == null ? "no connection to " + index.getHost() : e.getMessage();
  }

  private Optional<Archive> newest() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(index).timeout(FIRST_ANSWER).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("HTTP status " + answer.statusCode() + " for " + index);
    }
    JsonNode releases = new YAMLMapper().readTree(answer.body()).path("releases");
    return releases.properties().stream()
        .filter(release -> release.getKey().matches("v\\d+\\.\\d+\\.\\d+"))
        .max(Comparator.comparing(release -> numbers(release.getKey()), Arrays::compare))
        .flatMap(release -> archive(release.getKey(), release.getValue()));
  }

  private Optional<Archive> archive(String version, JsonNode files) {
    JsonNode file = files.path("envtest-" + version + "-" + platform + ".tar.gz");
    return file.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Archive(
                version, URI.create(file.path("selfLink").asText()), file.path("hash").asText()));
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.substring(1).split("\\.", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private ApiServerBinaries fetch(Archive archive, Path cache)
      throws IOException, InterruptedException {
    Files.createDirectories(cache);
    progress.accept("downloading kube-apiserver " + archive.version() + " (once) ...");
    Path file = Files.createTempFile(cache, "download", ".tar.gz");
    try {
      download(archive, file);
      Path unpacked = Files.createTempDirectory(cache, "unpacking");
      ArchiveFile.unpack(file, unpacked);
      Path target = cache.resolve("downloaded");
      Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
      return new ApiServerBinaries(target);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void download(Archive archive, Path file) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(archive.address()).timeout(WHOLE).build();
    HttpResponse<InputStream> answer =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new IOException("HTTP status " + answer.statusCode() + " for " + archive.address());
    }
    long size = answer.headers().firstValueAsLong("Content-Length").orElse(0);
    MessageDigest digest = sha512();
    try (InputStream body = new DigestInputStream(answer.body(), digest)) {
      ProgressCopy.copy(body, file, size, progress);
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equalsIgnoreCase(archive.sha512())) {
      throw new IOException("the archive's SHA-512 is not the published one");
    }
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
