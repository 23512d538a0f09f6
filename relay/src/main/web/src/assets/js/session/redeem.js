// SPDX-License-Identifier: Apache-2.0

/**
 * Exchanges the link secret for cookies. An answer that got lost is asked for again with the same
 * secret and nonce, which the relay recognises for 60 seconds.
 */
export function createRedeem({ post, nonces, whenVisible }) {
  return async function redeem(secret) {
    await whenVisible();
    const answer = await post('redeem', { secret, nonce: nonces.take() });
    if (answer.ok || FINAL.has(answer.status)) {
      nonces.forget();
    }
    return answer;
  };
}

const FINAL = new Set([403, 404, 409, 410]);
