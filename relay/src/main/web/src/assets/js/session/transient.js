// SPDX-License-Identifier: Apache-2.0

/** Whether asking again later can help: no answer, told to slow down, or the server's own trouble. */
export function isTransient(answer) {
  return answer.status === 0 || answer.status === 429 || answer.status >= 500;
}
