// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api;

import org.jspecify.annotations.Nullable;

/** Kubeconfig files, written out. */
public final class Kubeconfig {

  private Kubeconfig() {}

  /** For a server without TLS and accounts. */
  public static String withoutAccount(String server) {
    return render("server: " + server, "{}");
  }

  /**
   * For a bearer token.
   *
   * @param caData base64 of the server's CA in PEM; null when the system trusts it
   */
  public static String withToken(String server, @Nullable String caData, String token) {
    String cluster = "server: " + server;
    if (caData != null) {
      cluster += "\n    certificate-authority-data: " + caData;
    }
    return render(cluster, "\n    token: " + token);
  }

  private static String render(String cluster, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: sandbox
    clusters:
    - name: sandbox
      cluster:
        %s
    contexts:
    - name: sandbox
      context: {cluster: sandbox, user: sandbox, namespace: default}
    users:
    - name: sandbox
      user: %s
    """
        .formatted(cluster, user);
  }
}
