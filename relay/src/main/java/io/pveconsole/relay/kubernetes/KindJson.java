// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what the API server says of one kind. Who has written which field of an object, most of its
 * length, is passed over; fields of a later version are too. What is no JSON of the kind is an
 * {@link UncheckedIOException}. Safe from any thread.
 *
 * @param <O> the kind
 */
final class KindJson<O> {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
          .addMixIn(ObjectMeta.class, WithoutManagedFields.class);

  private final Form<O> object;
  private final Form<Event<O>> event;
  private final Form<Page<O>> page;

  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  /** One message of a watch. */
  record Event<O>(String type, O object) {}

  /** A part of a list. */
  record Page<O>(ListMeta metadata, List<O> items) {}

  private KindJson(Class<O> kind) {
    TypeFactory types = MAPPER.getTypeFactory();
    this.object = new Form<>(MAPPER.readerFor(kind));
    this.event = new Form<>(MAPPER.readerFor(types.constructParametricType(Event.class, kind)));
    this.page = new Form<>(MAPPER.readerFor(types.constructParametricType(Page.class, kind)));
  }

  static <O> KindJson<O> of(Class<O> kind) {
    return new KindJson<>(kind);
  }

  /** A value as a part of what is sent. */
  static ObjectNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  O object(Buffer json) {
    return object.of(json.getBytes());
  }

  Page<O> page(Buffer json) {
    return page.of(json.getBytes());
  }

  Event<O> event(String json) {
    return event.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private record Form<T>(ObjectReader reader) {

    T of(byte[] json) {
      try {
        return reader.readValue(json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
