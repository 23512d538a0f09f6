// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which a text may stand in a log, an address or a document. */
final class SecretForms {
  private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9_.~-]");

  private SecretForms() {}

  static Set<String> of(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    forms.add(form);
    forms.add(form.replace("+", "%20"));
    forms.add(percent(secret).toLowerCase(Locale.ROOT).equals(secret) ? secret : percent(secret));
    forms.add(lowerHex(percent(secret)));
    forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
    forms.add(unicode(secret));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      forms.add(base64(bytes, before, Base64.getEncoder()));
      forms.add(base64(bytes, before, Base64.getUrlEncoder()));
    }
    return forms;
  }

  /** As RFC 3986 has it, for everything that is not unreserved. */
  private static String percent(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      String c = String.valueOf((char) (b & 0xff));
      out.append(UNRESERVED.matcher(c).matches() ? c : "%%%02X".formatted(b & 0xff));
    }
    return out.toString();
  }

  private static String lowerHex(String percent) {
    return Pattern.compile("%[0-9A-F]{2}")
        .matcher(percent)
        .replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
  }

  /** As careful JSON writers do with signs that HTML knows. */
  private static String unicode(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      out.append("=+&<>'".indexOf(c) < 0 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return out.toString();
  }

  /** The part of the base64 of a longer text that does not depend on what stands around. */
  private static String base64(byte[] secret, int before, Base64.Encoder encoder) {
    byte[] padded = new byte[before + secret.length];
    System.arraycopy(secret, 0, padded, before, secret.length);
    int whole = padded.length / 3 * 3;
    String text = encoder.withoutPadding().encodeToString(Arrays.copyOf(padded, whole));
    return text.substring(before == 0 ? 0 : 4);
  }
}
