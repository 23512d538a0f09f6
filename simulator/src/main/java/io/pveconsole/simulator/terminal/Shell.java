// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A shell-like program: a prompt, line editing, a history, a few commands. Takes what a terminal
 * sends and gives what a terminal shows. Not thread-safe; {@link SharedShell} is.
 */
final class Shell {
  private static final int MAX_LINE = 400;
  private static final int MAX_HISTORY = 50;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Supplier<String> hostname;
  private final Clock clock;
  private final Instant booted;
  private final Consumer<String> output;
  private final Consumer<String> clipboard;
  private final List<String> history = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder escape = new StringBuilder();
  private int historyAt;

  /**
   * A shell.
   *
   * @param clipboard takes what {@code copy} puts on the guest's clipboard
   */
  Shell(
      Supplier<String> hostname, Clock clock, Consumer<String> output, Consumer<String> clipboard) {
    this.hostname = hostname;
    this.clock = clock;
    this.booted = clock.instant();
    this.output = output;
    this.clipboard = clipboard;
  }

  void greet() {
    output.accept(
        "\u001b[96m"
            + hostname.get()
            + "\u001b[0m is up. Type \u001b[93mhelp\u001b[0m and press Enter.\r\n\r\n");
    prompt();
  }

  /**
   * Typed text as a terminal sends it: Enter is CR, Backspace is DEL or BS, arrows are escape
   * sequences.
   */
  void input(String typed) {
    typed.codePoints().forEach(this::key);
  }

  /** Text that a viewer put on the guest's clipboard. */
  void pasted(String text) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    output.accept(
        "\r\n\u001b[92mclipboard from the viewer:\u001b[0m "
            + printable(shown).replace("\n", "⏎").replace("⏎", "\r\n  ")
            + "\r\n");
    prompt();
    output.accept(line.toString());
  }

  private void key(int c) {
    if (!escape.isEmpty()) {
      escapeSequence(c);
      return;
    }
    switch (c) {
      case 0x1b -> escape.append('\u001b');
      case '\r', '\n' -> enter();
      case 0x08, 0x7f -> backspace();
      case 0x03 -> abandon("^C");
      case 0x15 -> replaceLine("");
      case 0x0c -> redraw();
      default -> {
        if (c >= 0x20 && line.length() < MAX_LINE) {
          line.appendCodePoint(c);
          output.accept(Character.toString(c));
        }
      }
    }
  }

  private void escapeSequence(int c) {
    escape.appendCodePoint(c);
    boolean complete =
        (escape.length() > 2 && c >= 0x40) || (escape.length() == 2 && c != '[' && c != 'O');
    if (!complete && escape.length() < 16) {
      return;
    }
    if (c == 'A') {
      recall(-1);
    } else if (c == 'B') {
      recall(1);
    }
    escape.setLength(0);
  }

  private void recall(int step) {
    historyAt = Math.clamp(historyAt + (long) step, 0, history.size());
    replaceLine(historyAt == history.size() ? "" : history.get(historyAt));
  }

  private void replaceLine(String next) {
    while (!line.isEmpty()) {
      backspace();
    }
    line.append(next);
    output.accept(next);
  }

  private void backspace() {
    if (!line.isEmpty()) {
      line.setLength(line.offsetByCodePoints(line.length(), -1));
      output.accept("\b \b");
    }
  }

  private void abandon(String mark) {
    line.setLength(0);
    output.accept(mark + "\r\n");
    prompt();
  }

  private void redraw() {
    output.accept("\u001b[2J\u001b[H");
    prompt();
    output.accept(line.toString());
  }

  private void enter() {
    String command = line.toString().strip();
    line.setLength(0);
    output.accept("\r\n");
    if (!command.isEmpty()) {
      history.add(command);
      if (history.size() > MAX_HISTORY) {
        history.remove(0);
      }
      run(command);
    }
    historyAt = history.size();
    prompt();
  }

  private void run(String command) {
    int space = command.indexOf(' ');
    String name = space < 0 ? command : command.substring(0, space);
    String rest = space < 0 ? "" : command.substring(space + 1).strip();
    switch (name) {
      case "help" -> help();
      case "echo" -> say(rest);
      case "date" -> say(DATE.format(clock.instant()));
      case "uname" ->
          say(
              rest.isEmpty()
                  ? "Linux"
                  : "Linux " + hostname.get() + " 6.8.0-simulated #1 SMP x86_64 GNU/Linux");
      case "whoami" -> say("admin");
      case "hostname" -> say(hostname.get());
      case "uptime" -> say(uptime());
      case "colors" -> colors();
      case "clear" -> output.accept("\u001b[2J\u001b[H");
      case "copy" -> {
        clipboard.accept(rest);
        say("copied to the viewer's clipboard: " + rest);
      }
      default -> say(printable(name) + ": command not found (try help)");
    }
  }

  private void help() {
    say(
        "\u001b[93mecho\u001b[0m TEXT   show text        \u001b[93mcopy\u001b[0m TEXT   to the"
            + " viewer's clipboard");
    say(
        "\u001b[93mdate\u001b[0m        date and time    \u001b[93mcolors\u001b[0m      the sixteen"
            + " colours");
    say("\u001b[93muname\u001b[0m [-a]  the system       \u001b[93mwhoami\u001b[0m      the user");
    say(
        "\u001b[93mhostname\u001b[0m    the guest        \u001b[93muptime\u001b[0m      since when"
            + " it runs");
    say("\u001b[93mclear\u001b[0m       empty screen     \u001b[93mhelp\u001b[0m        this list");
  }

  private void colors() {
    StringBuilder dark = new StringBuilder();
    StringBuilder bright = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      dark.append("\u001b[%dm      \u001b[0m \u001b[%dmtext\u001b[0m ".formatted(40 + i, 30 + i));
      bright.append(
          "\u001b[%dm      \u001b[0m \u001b[%dmtext\u001b[0m ".formatted(100 + i, 90 + i));
    }
    say(dark.toString());
    say(bright.toString());
  }

  private String uptime() {
    Duration up = Duration.between(booted, clock.instant());
    return "up "
        + up.toDays()
        + " days, "
        + up.toHoursPart()
        + ":"
        + "%02d".formatted(up.toMinutesPart())
        + ", 1 user";
  }

  private void say(String text) {
    output.accept(text + "\r\n");
  }

  private void prompt() {
    output.accept("\u001b[92madmin@" + hostname.get() + "\u001b[0m:\u001b[94m~\u001b[0m$ ");
  }

  private static String printable(String text) {
    return text.codePoints()
        .filter(c -> c == '\n' || (c >= 0x20 && c != 0x7f))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
