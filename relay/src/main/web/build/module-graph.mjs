// SPDX-License-Identifier: Apache-2.0
/**
 * The modules that the page loads for a usual console, as addresses relative to the page. The page
 * names them all as preloads, since otherwise the browser finds them one level of imports at a time.
 * Run by itself, it rewrites that list in index.html; a test compares the two.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = join(web, 'src/assets');
const novnc = join(web, 'node_modules/@novnc/novnc');
const served = join(assets, 'vendor/novnc');
const ENTRIES = ['js/main.js', 'js/console/vnc.js'];
const STATIC_IMPORT = /^\s*(?:import|export)\s(?:[^'"();]*?from\s*)?['"](\.[^'"]+)['"]/gm;
const LINKS = /(?:<link rel="modulepreload" href="[^"]+">\n)+/;

function fileOf(path) {
  return path.startsWith(served) ? join(novnc, relative(served, path)) : path;
}

export function pageModules() {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) {
      return;
    }
    found.add(path);
    for (const [, target] of readFileSync(fileOf(path), 'utf8').matchAll(STATIC_IMPORT)) {
      visit(resolve(dirname(path), target));
    }
  };
  ENTRIES.forEach((entry) => visit(join(assets, entry)));
  return [...found].map((path) => `../assets/${relative(assets, path).replaceAll('\\', '/')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const index = join(web, 'src/index.html');
  const links = pageModules().map((href) => `<link rel="modulepreload" href="${href}">\n`).join('');
  writeFileSync(index, readFileSync(index, 'utf8').replace(LINKS, links));
}
