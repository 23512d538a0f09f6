// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import org.junit.jupiter.api.Test;

/** What {@code helm test} makes, and only then. */
class ChartSelfTestTest {

  private static String rendered(String... watched) {
    var template =
        new Helm(Rendered.CHART)
            .template()
            .withName("pveconsole")
            .withNamespace("team-a")
            .withKubeVersion("v1.36.3");
    for (int i = 0; i < watched.length; i++) {
      template.set("watchNamespaces[" + i + "]", watched[i]);
    }
    return template.call();
  }

  @Test
  void isAHookWithRightsOnItsOwnObjectsOnly() {
    assertThat(rendered())
        .contains("helm.sh/hook: test", "ghcr.io/pveconsole/selftest:0.1.0-SNAPSHOT")
        .contains("resourceNames: [pveconsole-selftest]");
    assertThat(Rendered.with(java.util.Map.of()).kinds()).doesNotContain("Pod");
  }

  @Test
  void isThereWhereTheOperatorLooksAfterItsNamespace() {
    assertThat(rendered("team-b", "team-a")).contains("helm.sh/hook: test");
    assertThat(rendered("team-b")).doesNotContain("helm.sh/hook: test");
  }
}
