// SPDX-License-Identifier: Apache-2.0
/** Called by Maven: `node build.mjs <target folder>`. */
import { join, resolve } from 'node:path';
import { handOn, installPackages } from './packages.mjs';

const target = resolve(process.argv[2] ?? 'build/web');
installPackages();
const { buildPage } = await import('./page.mjs');
await buildPage(target);
handOn(join(target, 'assets/vendor'));
