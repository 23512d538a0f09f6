// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.auth;

import io.pveconsole.simulator.http.HttpRequest;
import io.pveconsole.simulator.http.UrlEncoded;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the caller of a request: cookie first, then the two Authorization forms. A bad cookie beats
 * a good token.
 */
public final class Authenticator {
  private static final Pattern COOKIE = Pattern.compile("(?:^|\\s|;)PVEAuthCookie=([^;]*)");
  private static final Pattern HEADER_TICKET = Pattern.compile("PVEAuthCookie=([^;]*)");
  private static final Pattern HEADER_TOKEN = Pattern.compile("PVEAPIToken[= ]([^;]*)");
  private static final Pattern TOKEN = Pattern.compile("([^=! ]+![^= ]+)[= ](\\S+)");

  private final Accounts accounts;
  private final Tickets tickets;
  private final boolean uniformTexts;

  /**
   * An authenticator.
   *
   * @param uniformTexts always {@code Authentication failed!}, as since early 2026
   */
  public Authenticator(Accounts accounts, Tickets tickets, boolean uniformTexts) {
    this.accounts = accounts;
    this.tickets = tickets;
    this.uniformTexts = uniformTexts;
  }

  /** The caller. */
  public Identity identify(HttpRequest request) throws Unauthorized {
    Optional<String> ticket = find(COOKIE, request.header("cookie"));
    if (ticket.isEmpty()) {
      ticket = find(HEADER_TICKET, request.header("authorization"));
    }
    if (ticket.isPresent()) {
      return byTicket(request, ticket.get());
    }
    Optional<String> token = find(HEADER_TOKEN, request.header("authorization"));
    if (token.isPresent()) {
      return byToken(token.get());
    }
    throw new Unauthorized("No ticket");
  }

  /** Whether the request carries an API token in its header. */
  public static boolean carriesToken(HttpRequest request) {
    return find(HEADER_TOKEN, request.header("authorization")).isPresent();
  }

  private Identity byTicket(HttpRequest request, String ticket) throws Unauthorized {
    String user =
        tickets
            .user(ticket)
            .filter(u -> accounts.user(u).isPresent())
            .orElseThrow(() -> bad("permission denied - invalid PVE ticket"));
    String csrf = request.header("csrfpreventiontoken");
    if (!request.method().equals("GET") && (csrf == null || !tickets.csrfValid(user, csrf))) {
      throw new Unauthorized("Permission denied - invalid csrf token");
    }
    return new Identity(user, null);
  }

  private Identity byToken(String value) throws Unauthorized {
    Matcher parts = TOKEN.matcher(value);
    if (!parts.matches()) {
      throw bad("no tokenid specified");
    }
    Accounts.Token token =
        accounts
            .token(parts.group(1))
            .orElseThrow(() -> bad("no such token '" + parts.group(1) + "'"));
    byte[] given = parts.group(2).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(token.secret().getBytes(StandardCharsets.UTF_8), given)) {
      throw bad("invalid token value!");
    }
    return new Identity(token.user(), token.id());
  }

  private Unauthorized bad(String reason) {
    return new Unauthorized(uniformTexts ? "Authentication failed!" : reason);
  }

  private static Optional<String> find(
      Pattern pattern, @org.jspecify.annotations.Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher found = pattern.matcher(header);
    return found.find() ? Optional.of(UrlEncoded.decode(found.group(1).strip())) : Optional.empty();
  }
}
