// SPDX-License-Identifier: Apache-2.0
// What the harness' load generator wrote: a line of JSON for each measurement.
import { readFileSync } from 'node:fs';

export const resultsOf = (file) =>
  readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));

/** The name that bench/compare and bench/turns have for a kind of load. */
export const modeOf = ({ mode, params }) =>
  mode === 'latency' && params.beside > 0 ? 'latency-busy' : mode === 'connect' && params.sessions === 1 ? 'connect-1' : mode;
