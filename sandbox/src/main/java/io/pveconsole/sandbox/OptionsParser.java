// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the command line. */
final class OptionsParser {

  private static final String SEE = "See sandbox/start --help.";

  private Options.ApiChoice api = Options.ApiChoice.AUTO;
  private @Nullable Integer port;
  private final List<Path> apply = new ArrayList<>();
  private boolean demo = true;
  private boolean tls;
  private @Nullable Path certificate;
  private @Nullable Path key;
  private String qemu = "";
  private @Nullable Path directory;
  private Path home = Path.of("").toAbsolutePath();
  private int relayHeap = 64;

  private final Deque<String> words;

  private OptionsParser(String[] arguments) {
    this.words = new ArrayDeque<>(Arrays.asList(arguments));
  }

  /** The text that {@code --help} prints, which the start script prints too. */
  static String help() {
    try (InputStream text = OptionsParser.class.getResourceAsStream("help.txt")) {
      byte[] bytes = Objects.requireNonNull(text).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Options parse(String... arguments) {
    OptionsParser parser = new OptionsParser(arguments);
    while (!parser.words.isEmpty()) {
      parser.option(parser.words.remove());
    }
    return parser.result();
  }

  private void option(String name) {
    switch (name) {
      case "--apply" -> apply.add(existing(name));
      case "--no-demo" -> demo = false;
      case "--port" -> port = number(name, 1, 65535);
      case "--tls" -> tls = true;
      case "--tls-cert" -> certificate = existing(name);
      case "--tls-key" -> key = existing(name);
      case "--api" -> api = choice(value(name));
      case "--qemu" -> qemu = value(name);
      case "--dir" -> directory = Path.of(value(name));
      case "--home" -> home = existing(name).toAbsolutePath();
      case "--relay-heap" -> relayHeap = number(name, 16, 65536);
      default -> throw new SandboxException("Unknown option " + name + ".", SEE);
    }
  }

  private String value(String name) {
    if (words.isEmpty()) {
      throw new SandboxException(name + " needs a value.", SEE);
    }
    return words.remove();
  }

  private Path existing(String name) {
    Path path = Path.of(value(name));
    if (!Files.exists(path)) {
      throw new SandboxException(path + " does not exist.", "Correct the path after " + name + ".");
    }
    return path;
  }

  private int number(String name, int least, int most) {
    String text = value(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new SandboxException(name + " " + text + " is not a number.", SEE, e);
    }
    throw new SandboxException(
        name + " " + text + " is not between " + least + " and " + most + ".", SEE);
  }

  private static Options.ApiChoice choice(String text) {
    return Arrays.stream(Options.ApiChoice.values())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new SandboxException("--api " + text + " is not real, mock or auto.", SEE));
  }

  private Options result() {
    if ((certificate == null) != (key == null)) {
      throw new SandboxException("--tls-cert and --tls-key belong together.", SEE);
    }
    Path files = directory == null ? home.resolve(".sandbox") : directory;
    return new Options(
        api,
        port,
        List.copyOf(apply),
        demo,
        tls || certificate != null,
        certificate,
        key,
        qemu,
        files,
        home,
        relayHeap);
  }
}
