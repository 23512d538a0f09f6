#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The medians of what bench/turns measured, as a table, each with its multiple of one peer's:
//
//   bench/medians.mjs bench/target/turns/results.jsonl [nginx]
import { modeOf, resultsOf } from './results.mjs';

const [file, ref = 'nginx'] = process.argv.slice(2);
if (!file) {
  console.error('usage: bench/medians.mjs RESULTS.jsonl [PEER]');
  process.exit(2);
}

const FIGURES = {
  screen: ['cpu_us_per_update', 'p50_ms'],
  latency: ['p50_ms', 'p99_ms', 'cpu_us_per_event'],
  throughput: ['cpu_s_per_gb'],
  'connect-1': ['p50_ms', 'cpu_ms_per_session'],
  connect: ['cpu_ms_per_session'],
};
const STEAL = 2;

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

const results = resultsOf(file);
const sound = results.filter((r) => r.errors === 0);
const labels = [...new Set(sound.map((r) => r.label))];
const of = (mode, label) => sound.filter((r) => modeOf(r) === mode && r.label === label).map((r) => r.values);

console.log(`| | figure | turns | median | least | / ${ref} | turns with more than ${STEAL} % stolen |`);
console.log('|---|---|---|---|---|---|---|');
for (const [mode, figures] of Object.entries(FIGURES)) {
  for (const figure of figures) {
    const base = median(of(mode, ref).map((v) => v[figure]));
    for (const label of labels) {
      const turns = of(mode, label);
      if (turns.length === 0) continue;
      const values = turns.map((v) => v[figure]);
      const ratio = base ? (median(values) / base).toFixed(2) : '';
      const stolen = turns.filter((v) => v.steal_pct > STEAL).length;
      console.log(
        `| ${mode} ${label} | ${figure} | ${turns.length} | ${median(values).toFixed(3)} | ${Math.min(...values).toFixed(3)} | ${ratio} | ${stolen} |`,
      );
    }
  }
}
if (sound.length < results.length) console.log(`\n${results.length - sound.length} turns with errors are left out.`);
