// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.console;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a running sandbox.
 *
 * @param example manifest to try
 * @param kubectlProgram the program beside the API server's, to name when it may be missing on
 *     PATH; null where there is none
 */
public record NextSteps(
    String api,
    boolean real,
    Path kubeconfig,
    @Nullable Path kubectlProgram,
    Path example,
    Path logs,
    boolean demo) {

  private static final String DEMO_COMMANDS =
      """
        revoke demo     the open console closes within a second and says why
        new 102         a console of another guest
      """;

  /** The text to print after the first link, or after the start without one. */
  public String text() {
    String common =
        """

        Kubernetes API  %s
        Logs            %s
        """
            .formatted(api, logs);
    return common + (real ? withKubectl() : withCommands()) + own();
  }

  private String withKubectl() {
    return """
    kubectl         export KUBECONFIG=%s
    %s
    What to try next, in another terminal:
      kubectl get proxmoxhosts
      kubectl get consolesessions -w
    %s\
    """
        .formatted(kubeconfig, program(), demo ? demoWithKubectl().formatted(example) : "");
  }

  private String program() {
    return kubectlProgram == null
        ? ""
        : "                (a kubectl that fits: " + kubectlProgram + ")\n";
  }

  private static String demoWithKubectl() {
    return """
      kubectl patch consolesession demo --type merge -p '{"spec":{"revoked":true}}'
          revokes: the open console closes within a second and says why
      kubectl apply -f %s
          consoles of two more guests; their links are printed here
      or type here:  new 102   (a console of another guest)   help
    """;
  }

  private String withCommands() {
    return """

    The mock API serves the operator and the relays, but kubectl cannot speak to it.
    For the real one: set KUBEBUILDER_ASSETS to a directory with etcd and kube-apiserver,
    or run sandbox/apiserver/build once where Go is installed.

    What to try next, typed here:
      sessions        lists the sessions
    %s  help            lists the commands
    """
        .formatted(demo ? DEMO_COMMANDS : "");
  }

  private static String own() {
    return """

    Your own Proxmox VE: sandbox/start --apply my-host.yaml (see examples/).
    Ctrl-C ends the sandbox.
    """;
  }
}
