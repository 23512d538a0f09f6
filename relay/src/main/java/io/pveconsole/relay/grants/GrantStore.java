// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The grants as the API server has them. Each future completes on the context of the caller; it
 * fails with {@link ConflictException} where a newer version is there, and with anything else where
 * the API server does not answer in time.
 */
public interface GrantStore {

  /** The grant as it is now. */
  Future<Optional<Grant>> read(String name);

  /** All grants of this host as they are now. */
  Future<List<Grant>> list();

  /** Changes the status if the given version is still the newest. */
  Future<Grant> patch(Grant version, StatusPatch patch);
}
