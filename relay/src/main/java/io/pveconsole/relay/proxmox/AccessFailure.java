// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** Proxmox does not let the account do what is needed. */
public sealed interface AccessFailure extends ProxmoxFailure {

  /** 401: Proxmox does not say which part of the credential it dislikes. */
  record LoginRefused(Credentials credentials) implements AccessFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.LoginRefused;
    }

    @Override
    public String adminMessage() {
      String account = credentials.account();
      return switch (credentials) {
        case Credentials.ApiToken token ->
            "Proxmox refuses the API token "
                + account
                + ". Check id and secret, its expiry, and that user and token are enabled: pveum"
                + " user token list "
                + account.substring(0, account.indexOf('!'));
        case Credentials.UserPassword user ->
            "Proxmox refuses the login of "
                + account
                + ". Check name, realm and password (pveum passwd "
                + account
                + "), and that the user is enabled (pveum user list).";
      };
    }
  }

  /** The account has a second factor, which nobody is there to give. */
  record SecondFactorNeeded(String account) implements AccessFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.SecondFactorNeeded;
    }

    @Override
    public String adminMessage() {
      return account
          + " has a second factor. Use an API token, which needs none: pveum user token add "
          + account
          + " pveconsole --privsep 1";
    }
  }

  /** The call exists for users only. */
  record TokenNotAllowed(Step step, String account) implements AccessFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.TokenNotAllowed;
    }

    @Override
    public String adminMessage() {
      return "This Proxmox does not let the API token "
          + account
          + " do this. Terminals need Proxmox VE 9.0.13, or 8.4.19, or newer; or use a username and"
          + " a password.";
    }
  }

  /**
   * A privilege is not there.
   *
   * @param path such as {@code /vms/100}
   * @param privilege such as {@code VM.Console}
   */
  record MissingPrivilege(Step step, Credentials credentials, String path, String privilege)
      implements AccessFailure {
    @Override
    public FailureReason reason() {
      return FailureReason.MissingPrivilege;
    }

    @Override
    public String adminMessage() {
      String account = credentials.account();
      String grant =
          credentials instanceof Credentials.ApiToken
              ? " --tokens '" + account + "'"
              : " --users " + account;
      return account
          + " lacks "
          + privilege
          + " on "
          + path
          + ". Give it: pveum role add ConsoleRelay --privs \"VM.Console VM.Audit\"; pveum acl"
          + " modify "
          + path
          + grant
          + " --roles ConsoleRelay"
          + (credentials instanceof Credentials.ApiToken
              ? ". With privilege separation both the token and its user need it."
              : "");
    }
  }
}
