// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.operator.events.ConditionEvents;
import io.pveconsole.operator.host.keys.CookieKeySecret;
import io.pveconsole.operator.host.relay.RelayNames;
import io.pveconsole.operator.host.relay.RelayPlan;
import io.pveconsole.operator.host.status.HostFacts;
import io.pveconsole.operator.host.status.HostStatusBuilder;
import io.pveconsole.operator.host.status.PublicAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes what a ProxmoxHost needs, and says how it is. */
public final class ProxmoxHostReconciler implements Reconciler<ProxmoxHost> {

  private static final Comparator<ProxmoxHost> AGE =
      Comparator.comparing(
              (ProxmoxHost host) ->
                  Objects.requireNonNullElse(host.getMetadata().getCreationTimestamp(), ""))
          .thenComparing(host -> host.getMetadata().getUid());

  /** How soon a host whose address is taken looks whether it has become free. */
  private static final Duration RETRY = Duration.ofSeconds(15);

  private final HostParts parts;
  private final String relayImage;
  private final Clock clock;

  /** Works with the parts given. */
  public ProxmoxHostReconciler(HostParts parts, String relayImage, Clock clock) {
    this.parts = parts;
    this.relayImage = relayImage;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ProxmoxHost>> prepareEventSources(
      EventSourceContext<ProxmoxHost> context) {
    List<EventSource<?, ProxmoxHost>> sources = new ArrayList<>(HostEventSources.of(context));
    sources.add(parts.sessionsChanged());
    return sources;
  }

  @Override
  public UpdateControl<ProxmoxHost> reconcile(ProxmoxHost host, Context<ProxmoxHost> context) {
    if (host.isMarkedForDeletion()) {
      parts.count().forget(host.getMetadata().getUid());
      return UpdateControl.noUpdate();
    }
    CookieKeySecret keys = parts.keys();
    Optional<String> conflict = olderWithSameAddress(host, context);
    List<String> foreign = new ArrayList<>();
    if (!keys.ensure(host, loadedKeys(host))) {
      foreign.add("Secret/" + RelayNames.keysSecret(host));
    }
    foreign.addAll(parts.applier(conflict.isEmpty()).apply(plan(host), context));
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
                context.getSecondaryResource(Deployment.class),
                foreign,
                conflict,
                parts.admission().finding(),
                count.count()),
            clock.instant());
    return result(host, before, after, conflict.isPresent() ? Optional.of(RETRY) : count.again());
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

  private RelayPlan plan(ProxmoxHost host) {
    return new RelayPlan(host, relayImage);
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

  private static Optional<String> olderWithSameAddress(
      ProxmoxHost host, Context<ProxmoxHost> context) {
    Optional<String> address = PublicAddress.of(host);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    return context
        .getPrimaryCache()
        .list(other -> PublicAddress.of(other).equals(address) && AGE.compare(other, host) < 0)
        .findFirst()
        .map(other -> other.getMetadata().getNamespace() + "/" + other.getMetadata().getName());
  }
}
