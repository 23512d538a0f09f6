// SPDX-License-Identifier: Apache-2.0
/**
 * What stands around one real relay while it is measured from outside: an API server with its host
 * and grants, the files that a pod would mount, and sessions whose links are used already.
 */
package io.pveconsole.bench.peer;
