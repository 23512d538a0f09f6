// SPDX-License-Identifier: Apache-2.0
/**
 * Builds what the relay serves into the folder given: `index.html`, the modules bundled into few files
 * under `assets/`, and `build.txt` with a hash of everything that they are made from. The page asks for
 * `assets/<hash>/…`, which the relay understands, so that a browser may keep the files for good.
 */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(web, 'src');
/** What a usual console needs beside the entry; named in the page, so that all load at once. */
const PRELOADED = ['js/boot.js', 'js/main.js', 'js/console/vnc.js'];

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function contentHash() {
  const hash = createHash('sha256');
  const inputs = [...sourceFiles(source), fileURLToPath(import.meta.url), join(web, 'package-lock.json')];
  for (const file of inputs) {
    hash.update(`${relative(web, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The output files that are loaded for the preloaded modules, with what these import. */
function preloads(outputs) {
  const found = new Set();
  const visit = (file) => {
    if (!found.has(file)) {
      found.add(file);
      outputs[file].imports.filter(({ kind }) => kind === 'import-statement').forEach(({ path }) => visit(path));
    }
  };
  for (const module of PRELOADED) {
    visit(Object.keys(outputs).find((file) => outputs[file].entryPoint === `src/assets/${module}`));
  }
  return [...found];
}

/** Builds the page; resolves to the hash in its addresses. */
export async function buildPage(target) {
  const hash = contentHash();
  const folder = join(target, 'assets');
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: web,
    entryPoints: ['src/assets/js/boot.js', 'src/assets/css/page.css'],
    outbase: 'src/assets',
    outdir: folder,
    chunkNames: 'js/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['es2023', 'chrome111', 'firefox115', 'safari16.4'],
    supported: { 'top-level-await': true },
    minify: true,
    legalComments: 'linked',
    banner: { js: '/* pveconsole; parts are noVNC (MPL-2.0) and xterm.js (MIT): source and licences in assets/vendor/ */' },
    metafile: true,
    define: { PAGE_BUILD: JSON.stringify(hash) },
    logLevel: 'warning',
  });
  cpSync(join(source, 'assets/img'), join(folder, 'img'), { recursive: true });

  const links = preloads(metafile.outputs)
    .map((file) => `<link rel="modulepreload" href="../assets/${hash}/${relative(folder, join(web, file))}">\n`)
    .join('');
  const html = readFileSync(join(source, 'index.html'), 'utf8')
    .replaceAll('"../assets/', `"../assets/${hash}/`)
    .replace('<script ', `${links}<script `)
    .replace('data-state=', `data-build="${hash}" data-state=`);
  writeFileSync(join(target, 'build.txt'), hash);
  writeFileSync(join(target, 'index.html'), html);
  return hash;
}
