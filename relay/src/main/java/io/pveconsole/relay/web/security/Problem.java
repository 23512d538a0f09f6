// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import io.vertx.core.json.JsonObject;

/**
 * An error answer after RFC 9457.
 *
 * @param code what programs switch on
 * @param title what a person may read
 */
public record Problem(int status, String code, String title) {

  /** The media type of {@link #toJson()}. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public static final Problem BAD_REQUEST =
      new Problem(400, "BadRequest", "The request cannot be understood.");
  public static final Problem NOT_SIGNED_IN =
      new Problem(401, "NotSignedIn", "Open the console with its link.");
  public static final Problem WRONG_SECRET =
      new Problem(403, "WrongSecret", "This link is not valid.");
  public static final Problem WRONG_ORIGIN =
      new Problem(403, "WrongOrigin", "The request came from another site.");
  public static final Problem NOT_FOUND = new Problem(404, "NotFound", "There is nothing here.");
  public static final Problem LINK_REUSED =
      new Problem(409, "LinkReused", "This link was used before.");
  public static final Problem URI_TOO_LONG =
      new Problem(414, "UriTooLong", "The address is too long.");
  public static final Problem HEADERS_TOO_LARGE =
      new Problem(431, "HeadersTooLarge", "The request's headers are too large.");
  public static final Problem NOT_VISIBLE =
      new Problem(503, "NotVisible", "The page must be looked at.");
  public static final Problem TOO_LARGE = new Problem(413, "TooLarge", "The request is too large.");
  public static final Problem MEDIA_TYPE_NOT_SUPPORTED =
      new Problem(415, "UnsupportedMediaType", "JSON is expected.");
  public static final Problem METHOD_NOT_ALLOWED =
      new Problem(405, "MethodNotAllowed", "This method is not allowed here.");
  public static final Problem TOO_MANY_REQUESTS =
      new Problem(429, "TooManyRequests", "Too many attempts. Try again in a moment.");
  public static final Problem UNAVAILABLE =
      new Problem(503, "Unavailable", "The service cannot check the session now.");

  /** A session that is over. */
  public static Problem over(String reason) {
    return new Problem(410, reason, "This session is over.");
  }

  /** The body. */
  public String toJson() {
    return new JsonObject()
        .put("type", "urn:pveconsole:problem:" + code)
        .put("title", title)
        .put("status", status)
        .put("code", code)
        .encode();
  }
}
