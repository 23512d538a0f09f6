// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.auth;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Users, tokens and access rules of the cluster; may be changed while it runs. */
public final class Accounts {
  private final Map<String, User> users = new HashMap<>();
  private final Map<String, Token> tokens = new HashMap<>();
  private final Map<Rule, Set<String>> rules = new HashMap<>();

  /** A user; {@code secondFactor} is the code of the TOTP device, null without one. */
  public record User(String id, String password, boolean enabled, @Nullable String secondFactor) {
    @Override
    public String toString() {
      return "User[" + id + "]";
    }
  }

  /** A token; with {@code privsep} it needs rights of its own. */
  public record Token(String id, String secret, boolean privsep) {
    /** The owner. */
    public String user() {
      return id.substring(0, id.indexOf('!'));
    }

    @Override
    public String toString() {
      return "Token[" + id + "]";
    }
  }

  private record Rule(String path, String subject) {}

  /** Adds or replaces a user. */
  public synchronized void put(User user) {
    users.put(user.id(), user);
  }

  /** Adds or replaces a token. */
  public synchronized void put(Token token) {
    tokens.put(token.id(), token);
  }

  /** Removes a user or token. */
  public synchronized void remove(String id) {
    users.remove(id);
    tokens.remove(id);
  }

  /** Switches a user on or off; off refuses its tickets and tokens at once. */
  public synchronized void enable(String id, boolean enabled) {
    users.computeIfPresent(id, (k, u) -> new User(u.id(), u.password(), enabled, u.secondFactor()));
  }

  /** Gives a user or token privileges on a path and below; none takes them away. */
  public synchronized void grant(String path, String subject, String... privileges) {
    rules.put(new Rule(path, subject), Set.of(privileges));
  }

  /** A user, if it exists and is enabled. */
  public synchronized Optional<User> user(String id) {
    return Optional.ofNullable(users.get(id)).filter(User::enabled);
  }

  /** A token, if it and its user exist. */
  public synchronized Optional<Token> token(String id) {
    return Optional.ofNullable(tokens.get(id)).filter(t -> user(t.user()).isPresent());
  }

  /**
   * The effective privileges on a path: for a separated token, those that user and token both have.
   */
  public synchronized Set<String> privileges(Identity identity, String path) {
    Set<String> granted = new TreeSet<>(of(identity.user(), path));
    Token token = identity.tokenId() == null ? null : tokens.get(identity.tokenId());
    if (token != null && token.privsep()) {
      granted.retainAll(of(token.id(), path));
    }
    return granted;
  }

  /** Every path that some rule names. */
  public synchronized List<String> paths() {
    return rules.keySet().stream().map(Rule::path).distinct().sorted().toList();
  }

  private Set<String> of(String subject, String path) {
    if (subject.equals("root@pam")) {
      return Set.of("VM.Console", "VM.Audit", "VM.PowerMgmt", "Sys.Audit", "Sys.Console");
    }
    Stream<String> upwards = Stream.iterate(path, p -> !p.isEmpty(), p -> parent(p));
    return upwards
        .map(p -> rules.get(new Rule(p, subject)))
        .filter(set -> set != null)
        .findFirst()
        .map(HashSet::new)
        .orElseGet(HashSet::new);
  }

  private static String parent(String path) {
    if (path.equals("/")) {
      return "";
    }
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }
}
