// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

/** Where a node answers, and the fingerprint of the certificate it presents now. */
public record Endpoint(String node, String url, String fingerprint) {}
