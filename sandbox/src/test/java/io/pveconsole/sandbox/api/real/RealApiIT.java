// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.sandbox.ListeningSockets;
import io.pveconsole.sandbox.api.KubernetesApi;
import io.pveconsole.sandbox.api.KubernetesApi.AccountRequest;
import io.pveconsole.sandbox.process.ChildProcesses;
import io.pveconsole.sandbox.process.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealApiIT {

  @TempDir Path directory;

  @Test
  void givesEachAccountItsOwnRights() {
    Optional<ApiServerBinaries> binaries = ApiServerBinaries.find(System.getenv());
    assumeThat(binaries)
        .as("SKIPPED: no kube-apiserver; set KUBEBUILDER_ASSETS or run sandbox/apiserver/build")
        .isPresent();
    try (RunDirectory run = RunDirectory.claim(directory);
        ChildProcesses children = new ChildProcesses(run)) {
      Path files = run.run().resolve("apiserver");
      try (RealApi api =
          RealApi.start(binaries.orElseThrow(), files, children.prefix(), run.logs())) {
        assertThat(run.pids()).isNotEmptyDirectory();
        assertThat(api.kubectl())
            .as("what a person is told to use")
            .hasValueSatisfying(kubectl -> assertThat(kubectl).isExecutable());
        assertThat(api.client().getKubernetesVersion().getGitVersion())
            .as("a version that the chart's kubeVersion can be held against")
            .matches("v1\\.\\d+\\.\\d+.*");
        assertThat(ListeningSockets.of(ProcessHandle.current().descendants()))
            .as("where etcd and kube-apiserver listen")
            .hasSizeGreaterThanOrEqualTo(3)
            .allSatisfy(address -> assertThat(address.isLoopbackAddress()).isTrue());
        Pod pod = accountAndPod(api);
        String bound =
            api.kubeconfigFor(
                new AccountRequest("default", "relay", "pod-1", pod.getMetadata().getUid()));
        try (KubernetesClient relay = KubernetesApi.connect(bound)) {
          SelfSubjectReview me = relay.resource(new SelfSubjectReview()).create();
          assertThat(me.getStatus().getUserInfo().getUsername())
              .isEqualTo("system:serviceaccount:default:relay");
          assertThat(me.getStatus().getUserInfo().getExtra())
              .containsKey("authentication.kubernetes.io/pod-name");
          assertThatThrownBy(() -> relay.secrets().inNamespace("default").list())
              .isInstanceOfSatisfying(
                  KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
        }
      }
    }
    assertThat(processesBelow(directory)).isEmpty();
  }

  private static Pod accountAndPod(RealApi api) {
    api.client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("relay")
                .withNamespace("default")
                .endMetadata()
                .build())
        .create();
    return api.client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("pod-1")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("relay")
                .addNewContainer()
                .withName("relay")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private static Stream<ProcessHandle> processesBelow(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()));
  }
}
