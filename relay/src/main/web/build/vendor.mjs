// SPDX-License-Identifier: Apache-2.0
/**
 * Installs the page's npm packages as locked, and copies the ES modules that the browser loads, with
 * their licences, unmodified, to the folder given. Installs only when the lock file changed since the
 * last time, so that a build without network works once the packages are there.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(web, 'node_modules');
const stamp = join(modules, '.pveconsole-lock-sha256');

/** What is served: [from, to]. Folders are copied whole. */
const FILES = [
  ['@novnc/novnc/core', 'novnc/core'],
  ['@novnc/novnc/vendor', 'novnc/vendor'],
  ['@novnc/novnc/LICENSE.txt', 'novnc/LICENSE.txt'],
  ['@novnc/novnc/docs/LICENSE.MPL-2.0', 'novnc/docs/LICENSE.MPL-2.0'],
  ['@novnc/novnc/docs/LICENSE.BSD-2-Clause', 'novnc/docs/LICENSE.BSD-2-Clause'],
  ['@novnc/novnc/docs/LICENSE.BSD-3-Clause', 'novnc/docs/LICENSE.BSD-3-Clause'],
  ['@novnc/novnc/AUTHORS', 'novnc/AUTHORS'],
  ['@xterm/xterm/lib/xterm.mjs', 'xterm/xterm.mjs'],
  ['@xterm/xterm/css/xterm.css', 'xterm/xterm.css'],
  ['@xterm/xterm/LICENSE', 'xterm/LICENSE'],
  ['@xterm/addon-fit/lib/addon-fit.mjs', 'xterm-addon-fit/addon-fit.mjs'],
  ['@xterm/addon-fit/LICENSE', 'xterm-addon-fit/LICENSE'],
];

function fail(message) {
  console.error(`\npveconsole page: ${message}\n`);
  process.exit(1);
}

function install() {
  const lock = createHash('sha256').update(readFileSync(join(web, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    return;
  }
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-fund', '--no-audit'], {
    cwd: web,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.error?.code === 'ENOENT') {
    fail('npm was not found. Install Node.js 20 or newer with npm (Debian: apt install nodejs npm) and build again.');
  }
  if (npm.status !== 0) {
    fail('"npm ci" failed, see above. It needs the npm registry once; later builds work without network.');
  }
  writeFileSync(stamp, lock);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node.js 20 or newer is needed, this is ${process.version}.`);
}
const target = process.argv[2] ?? fail('usage: node vendor.mjs <target folder>');
install();
rmSync(target, { recursive: true, force: true });
for (const [from, to] of FILES) {
  const source = join(modules, from);
  if (!existsSync(source)) {
    fail(`${from} is missing in node_modules. Delete ${modules} and build again.`);
  }
  mkdirSync(dirname(join(target, to)), { recursive: true });
  cpSync(source, join(target, to), { recursive: true });
}
