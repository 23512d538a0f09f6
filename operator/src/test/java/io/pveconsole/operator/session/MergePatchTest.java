// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.operator.testing.Samples;
import org.junit.jupiter.api.Test;

class MergePatchTest {

  private final ObjectMapper json = new ObjectMapper();
  private final ConsoleSession session = Samples.session("one");

  private JsonNode patch(String before, String after) throws JsonProcessingException {
    session.getMetadata().setResourceVersion("7");
    JsonNode old = before.isEmpty() ? null : json.readTree(before);
    return json.readTree(MergePatch.of(session, "status", old, json.readTree(after)));
  }

  @Test
  void isForTheVersionThatWasRead() throws Exception {
    JsonNode metadata = patch("{}", "{}").path("metadata");
    assertThat(metadata.path("uid").asText()).isEqualTo(session.getMetadata().getUid());
    assertThat(metadata.path("resourceVersion").asText()).isEqualTo("7");
    assertThat(metadata).hasSize(2);
  }

  @Test
  void namesOnlyWhatChanges() throws Exception {
    assertThat(changes("{'a':1,'b':2}", "{'a':1,'b':3}")).isEqualTo(tree("{'b':3}"));
    assertThat(changes("", "{'a':1}")).isEqualTo(tree("{'a':1}"));
    assertThat(changes("{'list':[1,2]}", "{'list':[2]}")).isEqualTo(tree("{'list':[2]}"));
    assertThat(changes("{'a':{'b':1}}", "{'a':{'b':1}}")).isEqualTo(tree("{}"));
  }

  @Test
  void takesAwayWhatIsGoneAtAnyDepth() throws Exception {
    assertThat(changes("{'a':1,'b':2}", "{'a':1}")).isEqualTo(tree("{'b':null}"));
    assertThat(changes("{'a':{'b':1,'c':2}}", "{'a':{'b':3}}"))
        .isEqualTo(tree("{'a':{'b':3,'c':null}}"));
    assertThat(changes("{'a':{'b':1}}", "{}")).isEqualTo(tree("{'a':null}"));
  }

  private JsonNode changes(String before, String after) throws JsonProcessingException {
    return patch(before.replace('\'', '"'), after.replace('\'', '"')).path("status");
  }

  private JsonNode tree(String text) throws JsonProcessingException {
    return json.readTree(text.replace('\'', '"'));
  }
}
