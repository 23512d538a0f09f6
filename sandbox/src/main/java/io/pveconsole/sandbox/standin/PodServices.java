// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.pveconsole.sandbox.api.KubernetesApi;
import io.pveconsole.sandbox.process.ChildProcesses;
import io.pveconsole.sandbox.process.Ports;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * What pods need from the machine.
 *
 * @param program command that stands for the container's image
 * @param directory where pods get directories of their own
 * @param notices lines for the person at the terminal
 */
record PodServices(
    KubernetesApi api,
    ChildProcesses children,
    Ports ports,
    List<String> program,
    Path directory,
    ConfigObjects objects,
    PublicPorts publicPorts,
    HttpClient http,
    Clock clock,
    Consumer<String> notices) {}
