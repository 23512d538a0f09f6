// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request path of the Kubernetes API, taken apart.
 *
 * @param collection path of the collection, without query
 * @param plural lower-case plural of the kind, empty when the path names none
 * @param name null for a collection
 * @param subresource such as {@code status}, empty for the object itself
 */
record ApiPath(
    String collection,
    String plural,
    @Nullable String name,
    String subresource,
    Map<String, String> query) {

  private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

  static ApiPath parse(String requestPath) {
    int mark = requestPath.indexOf('?');
    String path = mark < 0 ? requestPath : requestPath.substring(0, mark);
    List<String> parts = Arrays.stream(path.split("/", -1)).filter(p -> !p.isEmpty()).toList();
    int kindAt = parts.isEmpty() || parts.get(0).equals("api") ? 2 : 3;
    boolean inNamespace =
        parts.size() > kindAt + 2
            && parts.get(kindAt).equals("namespaces")
            && !NAMESPACE_SUBRESOURCES.contains(parts.get(kindAt + 2));
    if (inNamespace) {
      kindAt += 2;
    }
    int end = Math.min(parts.size(), kindAt + 1);
    return new ApiPath(
        "/" + String.join("/", parts.subList(0, end)),
        parts.size() > kindAt ? parts.get(kindAt) : "",
        parts.size() > kindAt + 1 ? parts.get(kindAt + 1) : null,
        parts.size() > kindAt + 2 ? parts.get(kindAt + 2) : "",
        mark < 0 ? Map.of() : query(requestPath.substring(mark + 1)));
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.put(decode(key), decode(value));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Path of the object itself, whichever subresource was asked for. */
  String object() {
    return name == null ? collection : collection + "/" + name;
  }

  boolean isStatus() {
    return subresource.equals("status");
  }

  boolean isWatch() {
    return "true".equals(query.get("watch"));
  }

  String parameter(String key) {
    return query.getOrDefault(key, "");
  }
}
