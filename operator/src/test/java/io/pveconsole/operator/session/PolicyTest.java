// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static io.pveconsole.operator.testing.Samples.NOW;
import static io.pveconsole.operator.testing.Samples.host;
import static io.pveconsole.operator.testing.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.host.TargetRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  private static EffectivePolicy effective(String policy, String... asked) {
    return EffectivePolicy.of(
        session("one", asked).getSpec(), host("pve", "sessionPolicy: {" + policy + "}"), NOW);
  }

  @Test
  void whatIsNotAskedForIsTheHostsDefault() {
    EffectivePolicy policy =
        effective(
            "defaultDurationSeconds: 60, maxDurationSeconds: 90, defaultIdleTimeoutSeconds: 30");
    assertThat(policy.expiration()).isEqualTo(NOW.plusSeconds(60));
    assertThat(policy.maxExpiration()).isEqualTo(NOW.plusSeconds(90));
    assertThat(policy.idleTimeoutSeconds()).isEqualTo(30);
    assertThat(policy.viewOnly()).isFalse();
  }

  @Test
  void whatIsTooMuchIsCut() {
    EffectivePolicy policy =
        effective(
            "defaultDurationSeconds: 60, maxDurationSeconds: 90, maxIdleTimeoutSeconds: 1000,"
                + " viewOnly: true",
            "durationSeconds: 500",
            "idleTimeoutSeconds: 5000");
    assertThat(policy.expiration()).isEqualTo(NOW.plusSeconds(90));
    assertThat(policy.idleTimeoutSeconds()).isEqualTo(1000);
    assertThat(policy.viewOnly()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Both,Both,Both",
    "Both,ToGuest,ToGuest",
    "ToGuest,Both,ToGuest",
    "ToGuest,FromGuest,None",
    "FromGuest,Both,FromGuest",
    "None,Both,None"
  })
  void theClipboardIsTheNarrowerOfBoth(String host, String asked, ClipboardPolicy wanted) {
    assertThat(effective("clipboard: " + host, "clipboard: " + asked).clipboard())
        .isEqualTo(wanted);
  }

  @Test
  void targetsAreNumbersAndRanges() {
    TargetRules rules = new TargetRules(List.of("100-199", "300"));
    assertThat(TargetRange.allows(rules, 100)).isTrue();
    assertThat(TargetRange.allows(rules, 199)).isTrue();
    assertThat(TargetRange.allows(rules, 200)).isFalse();
    assertThat(TargetRange.allows(rules, 300)).isTrue();
    assertThat(TargetRange.allows(null, 12345)).isTrue();
    assertThat(TargetRange.allows(new TargetRules(List.of()), 12345)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "In,team,'red,blue',true",
    "In,team,green,false",
    "In,absent,red,false",
    "NotIn,team,green,true",
    "NotIn,team,red,false",
    "NotIn,absent,red,true",
    "Exists,team,,true",
    "Exists,absent,,false",
    "DoesNotExist,absent,,true",
    "DoesNotExist,team,,false"
  })
  void selectorsReadExpressions(String operator, String key, String values, boolean wanted) {
    LabelSelector selector =
        new LabelSelectorBuilder()
            .addNewMatchExpression()
            .withKey(key)
            .withOperator(operator)
            .withValues(values == null ? List.of() : List.of(values.split(",")))
            .endMatchExpression()
            .build();
    assertThat(NamespaceRules.matches(selector, Map.of("team", "red"))).isEqualTo(wanted);
  }

  @Test
  void selectorsReadLabels() {
    LabelSelector selector = new LabelSelectorBuilder().addToMatchLabels("team", "red").build();
    assertThat(NamespaceRules.matches(selector, Map.of("team", "red", "x", "y"))).isTrue();
    assertThat(NamespaceRules.matches(selector, Map.of("team", "blue"))).isFalse();
  }
}
