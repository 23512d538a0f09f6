// SPDX-License-Identifier: Apache-2.0

/**
 * One POST to the relay. `status` is 0 when no answer came; `code` is the problem code of an error
 * answer and undefined otherwise. It never rejects, so that each caller decides by status alone.
 */
export function createApi(base, fetchFn = (...args) => globalThis.fetch(...args)) {
  return async function post(name, body = {}) {
    let answer;
    try {
      answer = await fetchFn(`${base}/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
    } catch {
      return { status: 0, ok: false, code: 'ServiceUnreachable', body: null, retryAfterSeconds: null };
    }
    const parsed = answer.status === 204 ? null : await readJson(answer);
    return {
      status: answer.status,
      ok: answer.ok,
      code: answer.ok ? undefined : text(parsed?.code),
      body: parsed,
      retryAfterSeconds: seconds(answer.headers.get('Retry-After')),
    };
  };
}

const ANSWER_LIMIT_MS = 20_000;

async function readJson(answer) {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

function text(value) {
  return typeof value === 'string' ? value : undefined;
}

function seconds(header) {
  return header !== null && /^\d{1,4}$/.test(header) ? Number(header) : null;
}
