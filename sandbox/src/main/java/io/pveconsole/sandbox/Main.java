// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import io.pveconsole.sandbox.console.Commands;
import io.pveconsole.sandbox.console.Console;
import io.pveconsole.sandbox.process.RunDirectory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a sandbox until Ctrl-C. */
public final class Main {

  private static final int FAILED = 1;

  private Main() {}

  /** Exit status 0 after a normal end, 1 when something must be put right first. */
  public static void main(String[] arguments) {
    Console console = new Console(System.out, System::nanoTime);
    if (Arrays.asList(arguments).contains("--help")) {
      console.say(OptionsParser.help());
      return;
    }
    int status = run(console, arguments);
    System.exit(status);
  }

  private static int run(Console console, String[] arguments) {
    RunDirectory directory;
    Options options;
    try {
      options = OptionsParser.parse(arguments);
      directory = RunDirectory.claim(options.directory());
    } catch (SandboxException e) {
      console.failure(e);
      return FAILED;
    }
    System.setProperty("java.io.tmpdir", directory.tmp().toString());
    System.setProperty("sandbox.log", directory.logs().resolve("sandbox.log").toString());
    LogManager.getLogManager().reset();
    return run(console, options, directory);
  }

  private static int run(Console console, Options options, RunDirectory directory) {
    Sandbox sandbox = new Sandbox(options, console, directory);
    CountDownLatch end = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    Thread hook = new Thread(() -> stop(console, sandbox, main), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      sandbox.start(
          new ChartCluster(
              options.home().resolve("helm/pveconsole"),
              options.home().resolve("sandbox/target/chart"),
              directory.tmp()));
      readCommands(console, sandbox, end);
      end.await();
      return 0;
    } catch (SandboxException e) {
      console.failure(e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } catch (RuntimeException e) {
      Logger log = LoggerFactory.getLogger(Main.class);
      log.atError().setCause(e).log("The sandbox failed");
      console.failure(
          new SandboxException(
              "The sandbox failed: " + e.getMessage(), "Its log is in " + directory.logs() + "."));
      return FAILED;
    }
  }

  private static void readCommands(Console console, Sandbox sandbox, CountDownLatch end) {
    Commands commands = new Commands(sandbox.client(), console, end::countDown);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Thread reader = new Thread(() -> commands.readFrom(input), "commands");
    reader.setDaemon(true);
    reader.start();
  }

  private static void stop(Console console, Sandbox sandbox, Thread main) {
    console.progress("stopping ...");
    main.interrupt();
    sandbox.close();
    console.progress("stopped");
  }
}
