// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.relay.proxmox.Credentials;
import io.pveconsole.relay.proxmox.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The mounted Secret: {@code tokenId} and {@code tokenSecret}, or {@code username} and {@code
 * password}.
 */
final class CredentialFiles {

  private static final long MAX_BYTES = 4096;

  private final Path directory;

  CredentialFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads the credentials; blocks. A token is taken before a password.
   *
   * @throws SettingsException when they are missing or cannot be right
   */
  Credentials read() {
    Optional<String> tokenId = text("tokenId");
    Optional<String> tokenSecret = text("tokenSecret");
    Optional<String> username = text("username");
    Optional<String> password = text("password");
    try {
      if (tokenId.isPresent() && tokenSecret.isPresent()) {
        return new Credentials.ApiToken(tokenId.get(), Secret.of(tokenSecret.get()));
      }
      if (username.isPresent() && password.isPresent()) {
        return new Credentials.UserPassword(username.get(), Secret.of(password.get()));
      }
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "CredentialsInvalid", "The Secret of the credentials: " + e.getMessage() + ".");
    }
    throw new SettingsException(
        "CredentialsMissing",
        "The Secret that credentials.secretRef names is missing, or has neither tokenId and"
            + " tokenSecret nor username and password.");
  }

  private Optional<String> text(String name) {
    Path file = directory.resolve(name);
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
          ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw new SettingsException("CredentialsMissing", "The file " + file + " cannot be read.");
    }
  }
}
