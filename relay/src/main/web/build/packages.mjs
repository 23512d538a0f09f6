// SPDX-License-Identifier: Apache-2.0
/** The page's npm packages: installs them as locked, and copies what is handed on unmodified. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(web, 'node_modules');
const stamp = join(modules, '.pveconsole-lock-sha256');

/**
 * Served beside the bundles, [from, to]: the licences, and the source of noVNC, whose licence asks
 * that whoever gets the bundle can get the source. Folders are copied whole.
 */
export const HANDED_ON = [
  ['@novnc/novnc/core', 'novnc/core'],
  ['@novnc/novnc/vendor', 'novnc/vendor'],
  ['@novnc/novnc/LICENSE.txt', 'novnc/LICENSE.txt'],
  ['@novnc/novnc/docs/LICENSE.MPL-2.0', 'novnc/docs/LICENSE.MPL-2.0'],
  ['@novnc/novnc/docs/LICENSE.BSD-2-Clause', 'novnc/docs/LICENSE.BSD-2-Clause'],
  ['@novnc/novnc/docs/LICENSE.BSD-3-Clause', 'novnc/docs/LICENSE.BSD-3-Clause'],
  ['@novnc/novnc/AUTHORS', 'novnc/AUTHORS'],
  ['@xterm/xterm/LICENSE', 'xterm/LICENSE'],
  ['@xterm/addon-fit/LICENSE', 'xterm-addon-fit/LICENSE'],
];

function stop(message) {
  console.error(`\npveconsole page: ${message}\n`);
  process.exit(1);
}

/** Installs only when the lock file changed, so that a build without network works once they are there. */
export function installPackages() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    stop(`Node.js 20 or newer is needed, this is ${process.version}.`);
  }
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
    stop('npm was not found. Install Node.js 20 or newer with npm (Debian: apt install nodejs npm) and build again.');
  }
  if (npm.status !== 0) {
    stop('"npm ci" failed, see above. It needs the npm registry once; later builds work without network.');
  }
  writeFileSync(stamp, lock);
}

export function handOn(target) {
  for (const [from, to] of HANDED_ON) {
    const source = join(modules, from);
    if (!existsSync(source)) {
      stop(`${from} is missing in node_modules. Delete ${modules} and build again.`);
    }
    mkdirSync(dirname(join(target, to)), { recursive: true });
    cpSync(source, join(target, to), { recursive: true });
  }
}
