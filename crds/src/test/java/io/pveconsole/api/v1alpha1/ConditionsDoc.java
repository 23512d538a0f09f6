// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page docs/conditions.md, made from the reasons and their Javadoc. */
final class ConditionsDoc {

  private static final Path SOURCES = Path.of("src/main/java/io/pveconsole/api/v1alpha1");
  private static final Pattern CONSTANT =
      Pattern.compile("/\\*\\*(.*?)\\*/\\s+([A-Z][A-Za-z]*)", Pattern.DOTALL);

  private static final String HOSTS =
      """
      # Conditions and reasons

      Made from the enums of reasons by a test of `crds/`; do not edit it by hand.
      A condition's message says what to do next.

      Events carry the same reasons (`kubectl events --for proxmoxhost/NAME`): one whenever a condition becomes True, and a warning when it ceases to be. So they tell that
      relays are there or lost, the route is made, Proxmox was reached, trusted and logged in to or refused the login, and of a session that it is ready, opened, left, and how it
      ended (a warning where nobody asked for that end). Two are events only: `CertificateIssued`, when relays were given a new certificate of the operator's own, and `Extended`.
      Acceptance is told apart only where the link is not ready in the same moment.

      ## ProxmoxHost

      | condition | True means |
      |---|---|
      | `Ready` | consoles can be opened; else it has status, reason and message of the first of the others that is not True |
      | `RelayAvailable` | a relay pod is ready |
      | `RouteReady` | browsers can be sent to the relays |
      | `Reachable` | a relay has reached an endpoint of Proxmox |
      | `TLSTrusted` | a relay trusts the certificate that it met there |
      | `CredentialsValid` | a relay has logged in |
      | `AdmissionEnforced` | the admission policies are in force, so `requestedBy` is who asked; not needed for `Ready` |

      """;
  private static final String SESSIONS =
      """

      ## ConsoleSession

      | condition | True means |
      |---|---|
      | `Accepted` | all checks passed and a place was free; False is for good, Unknown is waiting |
      | `Ready` | the link can be opened, or its holder can come back |
      | `Connected` | somebody looks at the console now |
      | `Finished` | it is over, and stays so; wait for it and for `Ready` |

      """;
  private static final String ENDS =
      """

      ## How a session ends

      `status.terminationReason`, which is the reason of `Finished` too.

      """;

  private ConditionsDoc() {}

  static String text() throws IOException {
    return HOSTS
        + table("HostReason")
        + SESSIONS
        + table("SessionReason")
        + ENDS
        + table("TerminationReason");
  }

  private static String table(String type) throws IOException {
    String source = Files.readString(SOURCES.resolve(type + ".java"));
    StringBuilder text = new StringBuilder("| reason | when |\n|---|---|\n");
    String body = source.substring(source.indexOf("enum " + type));
    CONSTANT.matcher(body).results().forEach(constant -> text.append(row(constant)));
    return text.toString();
  }

  private static String row(MatchResult constant) {
    String meaning = constant.group(1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip();
    return "| `" + constant.group(2) + "` | " + meaning + " |\n";
  }
}
