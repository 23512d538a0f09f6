// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters a method accepts. Anything else is refused, as PVE::JSONSchema does. */
final class Schema {
  private final List<Field> fields = new ArrayList<>();

  private record Field(String name, boolean required, Pattern form, String complaint) {}

  static Schema none() {
    return new Schema();
  }

  Schema required(String name, String form, String complaint) {
    fields.add(new Field(name, true, Pattern.compile(form, Pattern.DOTALL), complaint));
    return this;
  }

  Schema optional(String name, String form, String complaint) {
    fields.add(new Field(name, false, Pattern.compile(form, Pattern.DOTALL), complaint));
    return this;
  }

  Schema flag(String name) {
    return optional(name, "0|1|on|off|yes|no|true|false", "type check ('boolean') failed");
  }

  void verify(Map<String, String> parameters) throws ApiException {
    Map<String, String> errors = new LinkedHashMap<>();
    for (String name : parameters.keySet()) {
      if (fields.stream().noneMatch(f -> f.name().equals(name))) {
        errors.put(
            name,
            "property is not defined in schema and the schema does not allow additional"
                + " properties");
      }
    }
    for (Field field : fields) {
      String value = parameters.get(field.name());
      if (value == null) {
        if (field.required()) {
          errors.put(field.name(), "property is missing and it is not optional");
        }
      } else if (!field.form().matcher(value).matches()) {
        errors.put(field.name(), field.complaint());
      }
    }
    if (!errors.isEmpty()) {
      throw new ApiException(400, "Parameter verification failed.", errors);
    }
  }
}
