// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.install;

import io.pveconsole.sandbox.api.AccountFile;
import io.pveconsole.sandbox.console.Console;
import io.pveconsole.sandbox.process.ChildCommand;
import io.pveconsole.sandbox.process.ChildProcess;
import io.pveconsole.sandbox.process.ChildProcesses;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The operator as a child process, started again when it ends by itself. */
public final class OperatorProcess implements AutoCloseable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final ChildProcesses children;
  private final ChildCommand command;
  private final AccountFile account;
  private final Console console;
  private final Thread keeper;
  private volatile ChildProcess process;
  private volatile boolean ending;

  /**
   * Starts it.
   *
   * @param program command words
   * @param account kubeconfig of its ServiceAccount
   */
  public OperatorProcess(
      ChildProcesses children,
      List<String> program,
      ClusterPart chart,
      AccountFile account,
      Console console) {
    Map<String, String> environment = new HashMap<>(chart.operatorEnvironment());
    environment.put("KUBECONFIG", account.path().toString());
    environment.put("PVECONSOLE_OPERATOR_NAMESPACE", chart.operatorAccount().namespace());
    environment.put("PVECONSOLE_RELAY_IMAGE", "pveconsole-relay:sandbox");
    environment.put("PVECONSOLE_MANAGEMENT_PORT", "0");
    environment.put("PVECONSOLE_BIND", "127.0.0.1");
    environment.put("PVECONSOLE_LEADER_ELECTION", "false");
    this.children = children;
    this.command = new ChildCommand("operator", program, environment);
    this.account = account;
    this.console = console;
    account.refresh();
    this.process = children.start(command);
    this.keeper = Thread.ofVirtual().name("operator-keeper").unstarted(this::keep);
    keeper.start();
  }

  private void keep() {
    Duration wait = Duration.ofSeconds(1);
    try {
      while (!ending) {
        if (process.isAlive()) {
          watch();
          continue;
        }
        console.say(
            "The operator ended by itself and starts again; its log is "
                + process.log()
                + ", the last lines:\n"
                + process.lastLines(8));
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        restart();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() throws InterruptedException {
    try {
      process.exit().get(1, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      account.refresh();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized void restart() {
    if (!ending) {
      account.refresh();
      process = children.start(command);
    }
  }

  @Override
  public synchronized void close() {
    ending = true;
    keeper.interrupt();
    process.stop(ChildProcess.GRACE);
  }
}
