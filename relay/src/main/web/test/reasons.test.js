// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createTranslator } from '../src/assets/js/i18n/translator.js';
import { LANGUAGES } from '../src/assets/js/i18n/language.js';
import { classifyClose } from '../src/assets/js/socket/close-codes.js';
import { waitingKey } from '../src/assets/js/view/card.js';
import { STEPS } from '../src/assets/js/view/doctor.js';
import { endingName } from '../src/assets/js/view/ending.js';

/** What the relay can say, read from the relay's own source: docs/browser-contract.md tells it to people. */
const root = fileURLToPath(new URL('../../../../..', import.meta.url));
const relay = (name) => readFileSync(join(root, 'relay/src/main/java/io/pveconsole/relay', name), 'utf8');
const crds = (name) => readFileSync(join(root, 'crds/src/main/java/io/pveconsole/api/v1alpha1', name), 'utf8');
const all = (text, pattern, atLeast) => {
  const found = [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];
  assert.ok(found.length >= atLeast, `${pattern} finds ${found}`);
  return found;
};

const failures = all(relay('proxmox/FailureReason.java'), /^ {2}([A-Z][A-Za-z]+)\(Step\./gm, 23);
const terminations = all(crds('TerminationReason.java'), /^ {2}([A-Z][A-Za-z]+),?$/gm, 13);
const codes = all(relay('viewer/CloseCode.java'), /^ {2}[A-Z_]+\((\d+)\)/gm, 17).map(Number);
const problems = all(relay('web/security/Problem.java'), /new Problem\(\d+, "([A-Za-z]+)"/g, 10);
const stepsOfRelay = all(relay('proxmox/Step.java'), /^ {2}([A-Z]+)\b/gm, 9).map((name) => name.toLowerCase());
const settings = readdirSync(join(root, 'relay/src/main/java/io/pveconsole/relay/host'))
  .flatMap((file) => [...relay(`host/${file}`).matchAll(/(?:SettingsException|Unusable)\(\s*"([A-Za-z]+)"/g)])
  .map(([, name]) => name);

/** Only a page that is broken itself sends what is answered so. */
const OWN_MISTAKES = [
  'BadRequest', 'TooLarge', 'UriTooLong', 'HeadersTooLarge', 'UnsupportedMediaType', 'MethodNotAllowed', 'NotVisible',
];

const strings = (language) =>
  JSON.parse(readFileSync(new URL(`../src/assets/i18n/${language}.json`, import.meta.url), 'utf8'));

for (const language of LANGUAGES) {
  const t = createTranslator(strings(language));

  test(`${language}: words of its own for every reason why a console does not open`, () => {
    // TargetChanged ends the session at once.
    for (const reason of [...failures.filter((name) => name !== 'TargetChanged'), ...settings]) {
      const key = waitingKey(t, reason, null);
      assert.notEqual(key, 'wait.other', reason);
      assert.ok(t.has(`${key}.why`) && t.has(`${key}.cure`), reason);
    }
    assert.ok(settings.includes('CredentialsMissing'));
  });

  test(`${language}: words of its own for every reason why a session is over`, () => {
    for (const reason of [...terminations, ...problems.filter((code) => !OWN_MISTAKES.includes(code))]) {
      const passing = t.has(`wait.${reason}.why`);
      assert.ok(passing || endingName(t, reason) === reason, reason);
    }
  });

  test(`${language}: words for every close code, with and without a reason in the frame`, () => {
    for (const code of codes.filter((code) => code >= 4000)) {
      const { final, reason } = classifyClose(code, '');
      assert.equal(final, code < 4100, String(code));
      if (final) {
        assert.equal(endingName(t, reason), reason, String(code));
      } else {
        assert.equal(waitingKey(t, reason, null), `wait.${reason}`, String(code));
      }
    }
  });

  test(`${language}: a reason of a newer relay gets the words of its step, or general ones`, () => {
    assert.equal(waitingKey(t, 'Brandnew', 'tls'), 'wait.step-tls');
    assert.equal(waitingKey(t, 'Brandnew', 'elsewhere'), 'wait.other');
    assert.equal(waitingKey(t, undefined, null), 'wait.other');
    assert.equal(endingName(t, 'Brandnew'), 'Failed');
    assert.equal(endingName(t, undefined), 'Failed');
  });

  test(`${language}: what end users read names no part of the infrastructure`, () => {
    const { wait, ending, steps } = strings(language);
    const texts = [...Object.values(steps), ...[...Object.values(wait), ...Object.values(ending)].flatMap((part) => Object.values(part))];
    for (const text of texts) {
      assert.doesNotMatch(text, /Proxmox|pve|VMID|kubectl|Kubernetes|pod\b|:\d{2,5}|https?:|\{\w+\}/i);
    }
  });
}

test('every step of the relay is a step of the page', () => {
  stepsOfRelay.forEach((step) => assert.ok(STEPS.includes(step), step));
});

test('the written contract names every word that the relay can say', () => {
  const contract = readFileSync(join(root, 'docs/browser-contract.md'), 'utf8');
  for (const word of [...failures, ...terminations, ...problems, ...settings, ...stepsOfRelay]) {
    assert.ok(contract.includes(`\`${word}\``), word);
  }
  codes.filter((code) => code >= 4000).forEach((code) => assert.ok(contract.includes(`| ${code} |`), String(code)));
  const messages = all(relay('viewer/ControlMessages.java'), /put\("t", "([a-z]+)"\)/g, 7);
  messages.forEach((name) => assert.ok(contract.includes(`{"t":"${name}"`), name));
  const [, secret, hash] = contract.match(/the secret `([\w-]{43})` has the hash[^`]*`accessTokenSha256`[^`]*`([0-9a-f]{64})`/);
  assert.equal(createHash('sha256').update(secret).digest('hex'), hash);
});
