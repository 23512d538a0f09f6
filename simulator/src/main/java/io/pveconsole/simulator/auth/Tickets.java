// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Login tickets {@code PVE:USER:HEXTIME::SIG}, their CSRF tokens and VNC tickets: stateless,
 * signed, with an age. Source: pve-access-control AccessControl.pm, pve-common Ticket.pm.
 */
public final class Tickets {
  private static final Pattern LOGIN =
      Pattern.compile("PVE:(\\S+):([0-9A-F]{8})::([A-Za-z0-9+/=]+)");
  private static final Pattern VNC =
      Pattern.compile("((?:.{8}:)?PVEVNC:([0-9A-F]{8}))::([A-Za-z0-9+/=]+)");
  private static final Pattern CSRF = Pattern.compile("([0-9A-F]{8}):(\\S+)");
  private static final long MIN_AGE = -300;
  private static final long MAX_AGE = 7200;
  private static final long VNC_MIN_AGE = -20;
  private static final long VNC_MAX_AGE = 40;

  private final AuthKey key;
  private final Clock clock;
  private final byte[] csrfSecret = new byte[32];
  private final Issued issued = new Issued();

  /** Tickets by {@code key}; ages follow {@code clock}. */
  public Tickets(AuthKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
    new SecureRandom().nextBytes(csrfSecret);
  }

  /** What was made here; VNC passwords only where they are part of a ticket. */
  public Issued issued() {
    return issued;
  }

  /** A fresh login ticket. */
  public String login(String user) {
    String plain = "PVE:" + user.replace(":", "%3A") + ":" + now();
    return issued.note("ticket", plain + "::" + key.sign(plain));
  }

  /** The user of a valid login ticket; half tickets are not valid. */
  public Optional<String> user(String ticket) {
    return subject(ticket).filter(s -> !s.startsWith("!tfa!"));
  }

  /** The half ticket of a user whose second factor is still missing. */
  public String half(String user) {
    String json = "{\"user\":\"" + user + "\",\"totp\":true}";
    return login("!tfa!" + URLEncoder.encode(json, StandardCharsets.UTF_8));
  }

  /** Whether {@code ticket} is a valid half ticket of {@code user}. */
  public boolean halfOf(String user, String ticket) {
    String mark = URLEncoder.encode("\"" + user + "\"", StandardCharsets.UTF_8);
    return subject(ticket).filter(s -> s.startsWith("!tfa!") && s.contains(mark)).isPresent();
  }

  /** The CSRF token that goes with a user's tickets. */
  public String csrf(String user) {
    String time = now();
    return issued.note("csrf", time + ":" + mac(time + ":" + user));
  }

  /** Whether a CSRF token is this user's and young enough. */
  public boolean csrfValid(String user, String token) {
    Matcher parts = CSRF.matcher(token);
    return parts.matches()
        && young(parts.group(1), MIN_AGE, MAX_AGE)
        && same(mac(parts.group(1) + ":" + user), parts.group(2));
  }

  /** A ticket for one console; {@code prefix} is the password of the new style or empty. */
  public String vnc(String prefix, String authId, String path, String port) {
    String plain = (prefix.isEmpty() ? "" : prefix + ":") + "PVEVNC:" + now();
    if (!prefix.isEmpty()) {
      issued.note("vnc-password", prefix);
    }
    String signed = plain + ":" + authId + ":" + path + ":" + port;
    return issued.note("vnc-ticket", plain + "::" + key.sign(signed));
  }

  /**
   * Whether a VNC ticket was made for exactly this caller, path and port, by the current key,
   * within 40 s.
   */
  public boolean vncValid(String ticket, String authId, String path, String port) {
    Matcher parts = VNC.matcher(ticket);
    return parts.matches()
        && young(parts.group(2), VNC_MIN_AGE, VNC_MAX_AGE)
        && key.verify(
            parts.group(1) + ":" + authId + ":" + path + ":" + port, parts.group(3), false);
  }

  private Optional<String> subject(String ticket) {
    Matcher parts = LOGIN.matcher(ticket);
    if (!parts.matches() || !young(parts.group(2), MIN_AGE, MAX_AGE)) {
      return Optional.empty();
    }
    String plain = "PVE:" + parts.group(1) + ":" + parts.group(2);
    return key.verify(plain, parts.group(3), true)
        ? Optional.of(parts.group(1).replace("%3A", ":"))
        : Optional.empty();
  }

  private String now() {
    return "%08X".formatted(clock.instant().getEpochSecond());
  }

  private boolean young(String hexTime, long min, long max) {
    long age = clock.instant().getEpochSecond() - Long.parseLong(hexTime, 16);
    return age >= min && age <= max;
  }

  private String mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(csrfSecret, "HmacSHA256"));
      byte[] value = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
