// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.operator.certmanager.Certificate;
import io.pveconsole.operator.events.ConditionEvents;
import io.pveconsole.operator.host.certs.RelayCertificates;
import io.pveconsole.operator.host.relay.OptionalApi;
import io.pveconsole.operator.host.relay.RelayDefaults;
import io.pveconsole.operator.host.relay.RelayFacts;
import io.pveconsole.operator.host.relay.RelayNames;
import io.pveconsole.operator.host.relay.RelayPlan;
import io.pveconsole.operator.host.relay.WideRules;
import io.pveconsole.operator.host.status.HostFacts;
import io.pveconsole.operator.host.status.HostStatusBuilder;
import io.pveconsole.operator.host.status.RouteFacts;
import io.pveconsole.operator.status.Owners;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes what a ProxmoxHost needs, and says how it is. */
public final class ProxmoxHostReconciler implements Reconciler<ProxmoxHost> {

  private static final Set<String> API_REASONS =
      Set.of(
          HostReason.GatewayApiAbsent.name(),
          HostReason.BackendTLSUnsupported.name(),
          HostReason.CertManagerAbsent.name());

  /** How soon a host looks again whether its address has become free, or a kind has come. */
  private static final Duration RETRY = Duration.ofSeconds(15);

  private final HostParts parts;
  private final RelayDefaults defaults;
  private final Clock clock;

  /** Works with the parts given. */
  public ProxmoxHostReconciler(HostParts parts, RelayDefaults defaults, Clock clock) {
    this.parts = parts;
    this.defaults = defaults;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ProxmoxHost>> prepareEventSources(
      EventSourceContext<ProxmoxHost> context) {
    List<EventSource<?, ProxmoxHost>> sources = new ArrayList<>(HostEventSources.of(context));
    sources.add(parts.sessionsChanged().source());
    return sources;
  }

  @Override
  public UpdateControl<ProxmoxHost> reconcile(ProxmoxHost host, Context<ProxmoxHost> context) {
    if (host.isMarkedForDeletion()) {
      parts.count().forget(host.getMetadata().getUid());
      return UpdateControl.noUpdate();
    }
    Optional<String> conflict = holderOfAddress(host, context);
    List<String> foreign = new ArrayList<>();
    if (!parts.keys().ensure(host, loadedKeys(host))) {
      foreign.add("Secret/" + RelayNames.keysSecret(host));
    }
    RelayCertificates.Result certificates =
        parts.certificates().ensure(host, isPublished(host, context));
    foreign.addAll(certificates.foreign());
    parts.events().record(host, certificates.happenings());
    Set<OptionalApi> apis = parts.optional().adjust(parts.discovery().served(), context);
    Optional<Deployment> deployment =
        known(Deployment.class, RelayNames.relay(host), host, context);
    RelayFacts facts =
        new RelayFacts(apis, deployment, certificates.caBundle(), conflict.isEmpty());
    RelayPlan plan = new RelayPlan(host, defaults, facts);
    foreign.addAll(parts.applier().apply(plan, context));
    parts.vanishedPods().removeOne(host, pods(context));
    ProxmoxHostStatus before = host.getStatus();
    SessionCount.Report count =
        parts
            .count()
            .report(
                host.getMetadata().getUid(),
                before == null ? null : before.activeSessions(),
                parts.sessions().active(host));
    ProxmoxHostStatus after =
        HostStatusBuilder.build(
            new HostFacts(
                host,
                deployment,
                foreign,
                route(host, conflict, apis, context),
                WideRules.of(plan),
                parts.admission().finding(),
                count.count()),
            clock.instant());
    boolean mayHeal = conflict.isPresent() || lacksApi(after);
    return result(host, before, after, mayHeal ? Optional.of(RETRY) : count.again());
  }

  private UpdateControl<ProxmoxHost> result(
      ProxmoxHost host,
      @Nullable ProxmoxHostStatus before,
      ProxmoxHostStatus after,
      Optional<Duration> again) {
    UpdateControl<ProxmoxHost> control = UpdateControl.noUpdate();
    if (!after.equals(HostStatuses.operatorPart(before))) {
      control = UpdateControl.patchStatus(HostStatuses.fresh(host, after));
      parts
          .events()
          .record(
              host,
              ConditionEvents.between(
                  before == null ? null : before.conditions(), after.conditions()));
    }
    again.ifPresent(control::rescheduleAfter);
    return control;
  }

  private static RouteFacts route(
      ProxmoxHost host,
      Optional<String> conflict,
      Set<OptionalApi> apis,
      Context<ProxmoxHost> context) {
    var exposure = host.getSpec().exposure();
    boolean route =
        apis.contains(OptionalApi.HTTP_ROUTE) && exposure.type() == ExposureType.HTTPRoute;
    boolean issued = apis.contains(OptionalApi.CERTIFICATE) && exposure.tls() != null;
    String name = RelayNames.relay(host);
    return new RouteFacts(
        conflict,
        apis,
        route ? known(HTTPRoute.class, name, host, context) : Optional.empty(),
        issued ? known(Certificate.class, name, host, context) : Optional.empty());
  }

  private static boolean isPublished(ProxmoxHost host, Context<ProxmoxHost> context) {
    return known(ConfigMap.class, RelayNames.caConfigMap(host), host, context).isPresent();
  }

  /**
   * The cache may be late after a start: what is not in it is asked for, or relays that are there
   * would be called lost, and a number that an autoscaler chose be reset.
   */
  private static <T extends HasMetadata> Optional<T> known(
      Class<T> type, String name, ProxmoxHost host, Context<ProxmoxHost> context) {
    return context
        .getSecondaryResource(type)
        .or(
            () ->
                Optional.ofNullable(
                    context
                        .getClient()
                        .resources(type)
                        .inNamespace(host.getMetadata().getNamespace())
                        .withName(name)
                        .get()))
        .filter(found -> Owners.owns(host, found));
  }

  /** What a cluster serves can only be asked for: nothing tells that it has changed. */
  private static boolean lacksApi(ProxmoxHostStatus status) {
    return status.conditions().stream().anyMatch(c -> API_REASONS.contains(c.reason()));
  }

  private static Set<String> pods(Context<ProxmoxHost> context) {
    return context
        .getSecondaryResourcesAsStream(Pod.class)
        .map(pod -> pod.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private static List<String> loadedKeys(ProxmoxHost host) {
    return host.getStatus() == null || host.getStatus().relays() == null
        ? List.of()
        : host.getStatus().relays().stream()
            .map(RelayStatus::keyId)
            .map(id -> Objects.requireNonNullElse(id, ""))
            .toList();
  }

  private static Optional<String> holderOfAddress(ProxmoxHost host, Context<ProxmoxHost> context) {
    return AddressClaims.holder(host, context.getPrimaryCache().list())
        .map(other -> other.getMetadata().getNamespace() + "/" + other.getMetadata().getName());
  }
}
