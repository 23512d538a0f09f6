// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

/** Something that a person can put right; the message says what is wrong, the cure what to do. */
public final class SandboxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String message;
  private final String cure;

  /** Without an underlying error. */
  public SandboxException(String message, String cure) {
    super(message);
    this.message = message;
    this.cure = cure;
  }

  /** With the error that was met. */
  public SandboxException(String message, String cure, Throwable cause) {
    super(message, cause);
    this.message = message;
    this.cure = cure;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** What to do about it, one or a few lines. */
  public String cure() {
    return cure;
  }
}
