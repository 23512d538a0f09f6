// SPDX-License-Identifier: Apache-2.0

/** The close codes of the relay, with the reason that stands in when the close frame names none. */
const FINAL = {
  4001: 'Revoked',
  4002: 'Expired',
  4003: 'IdleTimeout',
  4004: 'ClosedByUser',
  4005: 'TakenOver',
  4006: 'PolicyChanged',
  4007: 'TargetChanged',
  4008: 'HostDeleted',
  4009: 'ProtocolError',
  4010: 'LinkReused',
  4011: 'GuestBusy',
};

const RETRY = {
  1001: 'RelayRestarting',
  1006: 'ConnectionLost',
  1011: 'RelayFailed',
  1012: 'RelayRestarting',
  1013: 'RelayBusy',
  4101: 'UpstreamLost',
  4102: 'TargetStopped',
  4103: 'SlowViewer',
  4104: 'ControlPlaneLost',
  4110: 'ResumeWindowOver',
  4111: 'ViewerUnknown',
  4112: 'RelayRestarting',
};

/** The guest runs and was lost all the same: it can be had again at once. */
const LOST_ALONE = new Set(['TargetMoved', 'TargetRestarted', 'ConsoleLost']);

const NAME = /^[A-Z][A-Za-z]{1,39}$/;

/** `{final, reason, prompt}`; `prompt` says that the first new try need not wait. */
export function classifyClose(code, reasonText) {
  const final = code >= 4000 && code < 4100;
  const named = NAME.test(reasonText ?? '') ? reasonText : undefined;
  return {
    final,
    reason: named ?? FINAL[code] ?? RETRY[code] ?? (final ? 'Failed' : 'ConnectionLost'),
    prompt: code === 4110 || code === 4111 || (code === 4101 && LOST_ALONE.has(named)),
  };
}
