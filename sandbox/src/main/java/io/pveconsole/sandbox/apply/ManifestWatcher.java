// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.console.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Applies manifest files, and again when they change. It looks once a second: file events are slow
 * or absent on some systems. Removing a file removes nothing.
 */
public final class ManifestWatcher implements AutoCloseable {

  private final Applier applier;
  private final Console console;
  private final List<Path> paths;
  private final Manifests manifests = new Manifests();
  private final Map<Path, FileTime> applied = new HashMap<>();
  private final Thread thread;

  /** Not started. */
  public ManifestWatcher(Applier applier, Console console, List<Path> paths) {
    this.applier = applier;
    this.console = console;
    this.paths = paths;
    this.thread = Thread.ofVirtual().name("manifests").unstarted(this::work);
  }

  /** Looks once now, then goes on in the background. */
  public void start() {
    look();
    thread.start();
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.SECONDS.sleep(1);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Applies what is new or changed; what fails is tried again when its file changes. */
  void look() {
    for (Path path : paths) {
      try {
        Manifests.filesOf(path).forEach(this::lookAt);
      } catch (SandboxException e) {
        console.failure(e);
      }
    }
  }

  private void lookAt(Path file) {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (changed.equals(applied.put(file, changed))) {
        return;
      }
      List<HasMetadata> objects = manifests.read(file);
      for (HasMetadata object : objects) {
        applyOne(object);
      }
      console.progress("applied " + file + " (" + objects.size() + " objects)");
    } catch (SandboxException e) {
      console.failure(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void applyOne(HasMetadata object) {
    try {
      applier.apply(object);
    } catch (SandboxException e) {
      console.failure(e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
