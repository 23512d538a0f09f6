// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.status.Conditions;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator with Roles in some namespaces only, as the chart renders them in namespaced mode,
 * with and without the admission policies that a cluster admin may install beside it.
 */
@ExtendWith(RealCluster.Extension.class)
class NamespacedIT {

  private static final Set<String> OF_THE_NAMESPACE =
      Set.of(
          "Deployment",
          "PodDisruptionBudget",
          "Role",
          "RoleBinding",
          "ServiceAccount",
          "ConfigMap",
          "Service",
          "NetworkPolicy");

  private final RealCluster cluster;
  private final Team team;
  private final Team second;
  private final Team stranger;
  private final String home;
  private final String account;

  NamespacedIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
    this.second = new Team(cluster);
    this.stranger = new Team(cluster);
    this.home = cluster.namespace();
    this.account = "system:serviceaccount:" + home + ":" + Chart.ACCOUNT;
  }

  @AfterEach
  void restore() {
    team.leave();
    second.leave();
    stranger.leave();
    Chart.objects().forEach(cluster::apply);
    policiesAre(true);
  }

  private RunningOperator install() {
    List<HasMetadata> objects =
        Chart.objects(
            home,
            Map.of(
                "watchNamespaces[0]", team.namespace(), "watchNamespaces[1]", second.namespace()));
    assertThat(objects).extracting(HasMetadata::getKind).isSubsetOf(OF_THE_NAMESPACE);
    objects.stream().filter(o -> !o.getKind().equals("Deployment")).forEach(cluster::apply);
    return restarted();
  }

  private RunningOperator restarted() {
    return RunningOperator.namespaced(
        cluster.account(home, Chart.ACCOUNT, cluster.url()),
        Set.of(team.namespace(), second.namespace()));
  }

  private List<HasMetadata> policies(Map<String, Object> values) {
    return Chart.objects(Chart.NAMESPACE, values).stream()
        .filter(object -> object.getApiVersion().startsWith("admissionregistration"))
        .toList();
  }

  private void policiesAre(boolean obeyed) {
    stranger.host("probe", "");
    until("the policies are obeyed: " + obeyed, () -> refusesAForgedStatus() == obeyed);
  }

  private boolean refusesAForgedStatus() {
    try {
      stranger
          .at(ProxmoxHost.class, "probe")
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"status\":{\"version\":\"%d\"}}".formatted(System.nanoTime()));
      return false;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN && e.getCode() != 422) {
        throw e;
      }
      return true;
    }
  }

  @Test
  void worksWithoutAnyRightInTheCluster() {
    policies(Map.of()).forEach(policy -> cluster.admin().resource(policy).delete());
    policiesAre(false);
    try (RunningOperator operator = install()) {
      aSessionLives();
      assertThat(team.all(ConsoleGrant.class))
          .extracting(grant -> grant.getSpec().session().requesterVerified())
          .containsOnly(false);
      assertThat(team.condition("pve", "AdmissionEnforced").orElseThrow().message())
          .contains("claimed");
      assertThat(team.says("pve", "AdmissionEnforced", "PoliciesUnknown")).isTrue();
      strangersAreLeftAlone();
      labelsCannotBeRead();
    }
    aRestartForgetsNoNamespace();
    assertThat(cluster.audit().forbidden(account))
        .as("all that it tried in vain: whether there are policies, and labels of a namespace")
        .allMatch(
            request ->
                request.contains("/validatingadmissionpolicies")
                    || request.equals("get /api/v1/namespaces/" + second.namespace()));
    assertThat(cluster.audit().used(account))
        .noneMatch(use -> use.endsWith("secrets list") || use.endsWith("secrets watch"));
    assertThat(cluster.audit().namespaces(account))
        .containsOnly(team.namespace(), second.namespace(), "");
  }

  @Test
  void worksUnderThePoliciesOfAClusterAdmin() {
    policies(Map.of("admission.operatorAccounts[0]", account)).forEach(cluster::apply);
    policiesAre(true);
    try (RunningOperator operator = install()) {
      aSessionLives();
      assertThat(team.at(ConsoleSession.class, "one").get().getSpec().requestedBy())
          .as("stamped")
          .isNotEmpty();
      assertThat(team.says("pve", "AdmissionEnforced", "PoliciesUnknown")).isTrue();
    }
  }

  private void aSessionLives() {
    until("its status may be written", this::hasStatus);
    team.readyHost("pve", "");
    team.session("one", "pve", "");
    team.inState("one", SessionState.Ready);
    team.session("two", "pve", "");
    team.inState("two", SessionState.Ready);
    team.change("two", "{\"spec\":{\"revoked\":true}}");
    assertThat(team.inState("two", SessionState.Finished).getStatus().terminationReason())
        .isEqualTo(TerminationReason.Revoked);
  }

  /** The API server obeys a changed policy a moment later. */
  private boolean hasStatus() {
    team.host("early", "");
    return team.at(ProxmoxHost.class, "early").get().getStatus() != null;
  }

  private void strangersAreLeftAlone() {
    stranger.host("pve", "exposure: {publicUrl: \"https://stranger.example.com\"}");
    stranger.session("theirs", "pve", "");
    team.session("away", "pve, namespace: " + stranger.namespace(), "");
    assertThat(refusal(team, "away")).isEqualTo("NamespacesNotWatched");
    assertThat(stranger.at(ProxmoxHost.class, "pve").get().getStatus()).isNull();
    assertThat(stranger.at(ConsoleSession.class, "theirs").get().getStatus()).isNull();
  }

  private void labelsCannotBeRead() {
    team.readyHost(
        "chosen",
        "allowedNamespaces: {from: Selector, selector: {matchLabels: {consoles: \"yes\"}}}");
    second.session("labelled", "chosen, namespace: " + team.namespace(), "");
    assertThat(refusal(second, "labelled")).isEqualTo("NamespacesNotWatched");
    team.readyHost("open", "allowedNamespaces: {from: All}");
    second.session("watched", "open, namespace: " + team.namespace(), "");
    second.inState("watched", SessionState.Ready);
  }

  private void aRestartForgetsNoNamespace() {
    try (RunningOperator again = restarted()) {
      team.change("one", "{\"spec\":{\"revoked\":true}}");
      second.change("watched", "{\"spec\":{\"revoked\":true}}");
      team.inState("one", SessionState.Finished);
      second.inState("watched", SessionState.Finished);
    }
  }

  private static String refusal(Team of, String session) {
    return Conditions.find(
            of.inState(session, SessionState.Finished).getStatus().conditions(), "Accepted")
        .orElseThrow()
        .reason();
  }
}
