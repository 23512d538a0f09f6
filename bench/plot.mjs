#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Draws what bench/compare measured, each figure as a multiple of one peer's:
//
//   bench/plot.mjs bench/target/compare/results.jsonl [nginx] >comparison.svg
import { modeOf, resultsOf } from './results.mjs';

const [file, ref = 'nginx'] = process.argv.slice(2);
if (!file) {
  console.error('usage: bench/plot.mjs RESULTS.jsonl [PEER]');
  process.exit(2);
}

const METRICS = [
  ['throughput', 'cpu_s_per_gb', 'CPU per GB'],
  ['screen', 'cpu_us_per_update', 'CPU per screen update'],
  ['latency', 'p50_ms', 'key to echo, median'],
  ['latency', 'p99_ms', 'key to echo, p99'],
  ['latency-busy', 'p99_ms', 'the same beside 100 MB/s, p99'],
  ['connect', 'cpu_ms_per_session', 'CPU per console opened'],
  ['connect-1', 'p50_ms', 'click to screen, median'],
  ['first', 'first_ms', 'first console after ready'],
  ['idle', 'pss_kib_per_session', 'memory per idle console'],
];

/** Of repeated measurements the one with the least noise counts, as in the table. */
const best = new Map();
for (const result of resultsOf(file)) {
  const key = `${modeOf(result)} ${result.label}`;
  const before = best.get(key);
  const noise = (r) => r.errors * 1e6 + r.values.other_cpu_pct;
  if (!before || noise(result) < noise(before)) best.set(key, result);
}
const labels = [...new Set([...best.values()].map((r) => r.label))].filter((l) => l !== 'direct');
const groups = METRICS.map(([mode, key, title]) => {
  const base = best.get(`${mode} ${ref}`)?.values[key];
  const bars = labels
    .map((label) => ({ label, ratio: best.get(`${mode} ${label}`)?.values[key] / base }))
    .filter(({ ratio }) => Number.isFinite(ratio));
  return { title, bars };
}).filter(({ bars }) => bars.length > 1);

const COLORS = ['#8da0cb', '#a6d854', '#e5c494', '#b3b3b3', '#66c2a5', '#ffd92f'];
const color = (label) => (label.startsWith('pveconsole') || label === 'relay' ? '#d95f02' : COLORS[labels.indexOf(label) % COLORS.length]);
const escape = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const [LEFT, WIDTH, BAR, GAP] = [230, 560, 14, 18];
/** Logarithmic, from a tenth to a hundred times. */
const x = (ratio) => LEFT + (WIDTH * (Math.log10(Math.min(100, Math.max(0.1, ratio))) + 1)) / 3;

let y = 40;
const parts = [];
for (const { title, bars } of groups) {
  parts.push(`<text x="10" y="${y + 11}" font-weight="bold">${escape(title)}</text>`);
  for (const { label, ratio } of bars) {
    const [from, to] = [Math.min(x(1), x(ratio)), Math.max(x(1), x(ratio))];
    parts.push(`<rect x="${from}" y="${y}" width="${Math.max(1, to - from)}" height="${BAR - 2}" fill="${color(label)}"/>`);
    parts.push(`<text x="${to + 5}" y="${y + 10}" font-size="10">${escape(label)} ${ratio.toFixed(2)}</text>`);
    y += BAR;
  }
  y += GAP;
}
const ticks = [0.1, 0.3, 1, 3, 10, 30, 100].map(
  (t) => `<line x1="${x(t)}" x2="${x(t)}" y1="30" y2="${y}" stroke="${t === 1 ? '#333' : '#ddd'}"/><text x="${x(t)}" y="24" text-anchor="middle" font-size="10">${t}×</text>`,
);
console.log(
  `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + 130}" height="${y + 10}" font-family="sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="white"/><text x="10" y="14">Multiples of ${escape(ref)} in one run; shorter and further left is better</text>` +
    `${ticks.join('')}${parts.join('')}</svg>`,
);
