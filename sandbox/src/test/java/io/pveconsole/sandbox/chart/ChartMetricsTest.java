// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the chart makes for those who watch. */
class ChartMetricsTest {
  private static final Path DOCS = Rendered.ROOT.resolve("docs");
  private static final Pattern METRIC = Pattern.compile("pveconsole_[a-z_]+");

  private static Rendered with(Map<String, Object> metrics) {
    return Rendered.with(Map.of("metrics", metrics));
  }

  private static GenericKubernetesResource one(Rendered chart, String kind) {
    return chart
        .all(GenericKubernetesResource.class)
        .filter(object -> object.getKind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind));
  }

  @Test
  void makesNoneOfItUnasked() {
    assertThat(Rendered.with(Map.of()).kinds())
        .doesNotContain("ServiceMonitor", "PodMonitor", "PrometheusRule", "Service", "ConfigMap");
  }

  @Test
  void monitorsTheOperatorByAServiceOfItsOwn() {
    Rendered chart =
        with(
            Map.of(
                "serviceMonitor", Map.of("enabled", true),
                "labels", Map.of("release", "prometheus")));
    Service service = chart.one(Service.class, "pveconsole-operator");
    GenericKubernetesResource monitor = one(chart, "ServiceMonitor");
    assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
    Map<String, String> wanted = monitor.get("spec", "selector", "matchLabels");
    assertThat(service.getMetadata().getLabels()).containsAllEntriesOf(wanted);
    assertThat(service.getSpec().getPorts().getFirst().getName())
        .isEqualTo(monitor.<String>get("spec", "endpoints", 0, "port"));
  }

  @Test
  void takesAddressFamilies() {
    Service service =
        with(Map.of(
                "service",
                Map.of(
                    "enabled",
                    true,
                    "ipFamilyPolicy",
                    "RequireDualStack",
                    "ipFamilies",
                    List.of("IPv6", "IPv4"))))
            .one(Service.class, "pveconsole-operator");
    assertThat(service.getSpec().getIpFamilyPolicy()).isEqualTo("RequireDualStack");
    assertThat(service.getSpec().getIpFamilies()).containsExactly("IPv6", "IPv4");
  }

  @Test
  void monitorsRelaysWhereTheyMayBe() {
    Map<String, Object> on = Map.of("podMonitor", Map.of("enabled", true));
    assertThat(one(with(on), "PodMonitor").<Boolean>get("spec", "namespaceSelector", "any"))
        .isTrue();
    Rendered namespaced =
        Rendered.with(Map.of("metrics", on, "watchNamespaces", List.of("team-a")));
    assertThat(
            one(namespaced, "PodMonitor")
                .<List<String>>get("spec", "namespaceSelector", "matchNames"))
        .containsExactly("team-a");
  }

  @Test
  void alertsOnMetricsThatThereAreAndLinksToWhatToDo() {
    GenericKubernetesResource rule =
        one(with(Map.of("prometheusRule", Map.of("enabled", true))), "PrometheusRule");
    String metrics = Yaml.text(DOCS.resolve("metrics.md"));
    List<String> headings =
        Yaml.text(DOCS.resolve("runbooks.md"))
            .lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
            .toList();
    List<Map<String, Object>> alerts = rule.get("spec", "groups", 0, "rules");
    assertThat(alerts).hasSizeGreaterThan(5);
    for (Map<String, Object> alert : alerts) {
      knowsMetrics(String.valueOf(alert.get("expr")), metrics);
      Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
      assertThat(headings)
          .contains(String.valueOf(annotations.get("runbook_url")).replaceAll(".*#", ""));
      assertThat(String.valueOf(annotations.get("summary"))).contains("$labels.host");
    }
  }

  private static void knowsMetrics(String expression, String documented) {
    List<String> names =
        METRIC.matcher(expression).results().map(r -> r.group()).collect(Collectors.toList());
    assertThat(names).isNotEmpty();
    for (String name : names) {
      assertThat(documented)
          .as(expression)
          .contains("`" + name.replaceAll("_(sum|count|max)$", "") + "`");
    }
  }

  @Test
  void drawsMetricsThatThereAre() throws Exception {
    ConfigMap map =
        with(Map.of("dashboard", Map.of("enabled", true)))
            .one(ConfigMap.class, "pveconsole-dashboard");
    assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    JsonNode dashboard = new ObjectMapper().readTree(map.getData().get("pveconsole.json"));
    String metrics = Yaml.text(DOCS.resolve("metrics.md"));
    assertThat(dashboard.get("panels")).hasSizeGreaterThan(5);
    dashboard
        .get("panels")
        .forEach(panel -> knowsMetrics(panel.at("/targets/0/expr").asText(), metrics));
  }
}
