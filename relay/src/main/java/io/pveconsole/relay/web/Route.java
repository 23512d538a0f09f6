// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path of the public port leads to. */
sealed interface Route {

  /** The page of a session. */
  record Page() implements Route {}

  /** A file of the page. */
  record Asset(String file) implements Route {}

  /** A call for a session. */
  record Call(String session, Action action) implements Route {}

  /** The WebSocket of a session. */
  record Socket(String session) implements Route {}

  /** The calls. */
  enum Action {
    state,
    redeem,
    refresh,
    end
  }

  Pattern SESSION = Pattern.compile("/c/([0-9A-Za-z-]{1,63})(?:/(state|redeem|refresh|end|ws))?");
  Pattern FILE =
      Pattern.compile("/assets/((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)");

  /** Finds the route of a path; empty where there is nothing. */
  static Optional<Route> of(String prefix, String path) {
    if (!path.startsWith(prefix)) {
      return Optional.empty();
    }
    String rest = path.substring(prefix.length());
    Matcher file = FILE.matcher(rest);
    if (file.matches()) {
      return Optional.of(new Asset(file.group(1)));
    }
    Matcher session = SESSION.matcher(rest);
    if (!session.matches()) {
      return Optional.empty();
    }
    String what = session.group(2);
    if (what == null) {
      return Optional.of(new Page());
    }
    return Optional.of(
        "ws".equals(what)
            ? new Socket(session.group(1))
            : new Call(session.group(1), Action.valueOf(what)));
  }
}
