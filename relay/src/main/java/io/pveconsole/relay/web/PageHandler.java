// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.web.PageFiles.PageFile;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers with files of the page. Vert.x's own handler for files gives no ETag, packs anew for each
 * answer and unpacks the class path onto a disk that the relay may not write.
 */
final class PageHandler {

  private static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private final PageFiles files;

  PageHandler(PageFiles files) {
    this.files = files;
  }

  /** Answers with one file below {@code web/}. */
  void send(RoutingContext context, String name) {
    files
        .get(name)
        .compose(
            file ->
                file.isPresent()
                    ? send(context, file.get())
                    : Future.failedFuture(new ProblemException(Problem.NOT_FOUND)))
        .onFailure(context::fail);
  }

  private static Future<Void> send(RoutingContext context, PageFile file) {
    HttpServerResponse response =
        context
            .response()
            .putHeader("ETag", file.tag())
            .putHeader("Cache-Control", file.lasting() ? FOR_GOOD : "no-cache")
            .putHeader("Vary", "Accept-Encoding");
    if (file.tag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      return response.setStatusCode(304).end();
    }
    response.putHeader("Content-Type", file.type());
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = accepted != null && accepted.contains("gzip") && file.gzip().length() > 0;
    if (gzip) {
      response.putHeader("Content-Encoding", "gzip");
    }
    Buffer body = gzip ? file.gzip() : file.content();
    response.putHeader("Content-Length", String.valueOf(body.length()));
    return "HEAD".equals(context.request().method().name()) ? response.end() : response.end(body);
  }
}
