#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Draws what bench/load measured:
//
//   bench/plot-load.mjs bench/target/load/mixed.csv >mixed.svg            memory and waiting over time
//   bench/plot-load.mjs bench/target/load/results.jsonl >latencies.svg    from key to answer: quiet, beside bulk, in bulk
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: bench/plot-load.mjs mixed.csv|results.jsonl');
  process.exit(2);
}
const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
const [LEFT, WIDTH, HEIGHT, GAP] = [70, 640, 180, 60];

const escape = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const text = (x, y, what, more = '') => `<text x="${x}" y="${y}" ${more}>${escape(what)}</text>`;
const svg = (height, parts) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + 150}" height="${height}" font-family="sans-serif" font-size="12">` +
  `<rect width="100%" height="100%" fill="white"/>${parts.join('')}</svg>`;
const short = (value) => String(Number(value.toPrecision(3)));

/** The next number above that is pleasant to read. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 5, 7.5, 10].map((step) => step * power).find((step) => step >= value);
}

/** One panel of lines; points are [second, value]. */
function panel(top, title, series, seconds) {
  const most = ceiling(Math.max(1e-9, ...series.flatMap(({ points }) => points.map(([, value]) => value))));
  const x = (second) => LEFT + (WIDTH * second) / seconds;
  const y = (value) => top + HEIGHT * (1 - value / most);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      `<line x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${y(part * most)}" y2="${y(part * most)}" stroke="#ddd"/>` +
      text(LEFT - 6, y(part * most) + 4, short(part * most), 'text-anchor="end" font-size="10"') +
      text(x(part * seconds), top + HEIGHT + 14, `${short(part * seconds)} s`, 'text-anchor="middle" font-size="10"'),
  );
  const drawn = series.map(
    ({ name, color, points }, i) =>
      `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${points.map(([s, v]) => `${x(s)},${y(v)}`).join(' ')}"/>` +
      text(LEFT + WIDTH + 8, top + 14 + 16 * i, name, `fill="${color}"`),
  );
  return [text(LEFT, top - 8, title, 'font-weight="bold"'), ...grid, ...drawn];
}

function mixed() {
  const names = lines[0].split(',');
  const rows = lines.slice(1).map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
  const points = (name, unit) => rows.filter((row) => row[name] !== '').map((row) => [Number(row.second), Number(row[name]) / unit]);
  const seconds = Math.max(...rows.map((row) => Number(row.second)));
  const second = 40 + HEIGHT + GAP;
  return svg(second + HEIGHT + 30, [
    ...panel(
      40,
      'Memory of the relay, MiB',
      [
        { name: 'PSS', color: '#d95f02', points: points('pss_kib', 1024) },
        { name: 'heap after collection', color: '#1b9e77', points: points('heap_kib', 1024) },
        { name: 'direct buffers', color: '#7570b3', points: points('direct_kib', 1024) },
      ],
      seconds,
    ),
    ...panel(
      second,
      'p99 of each sample, ms',
      [
        { name: 'key to answer', color: '#d95f02', points: points('key_p99_ms', 1) },
        { name: 'click to screen', color: '#1b9e77', points: points('open_p99_ms', 1) },
      ],
      seconds,
    ),
  ]);
}

const KEYS = { keys: 'quiet', 'keys-beside-bulk': 'beside 100 MB/s', 'keys-in-bulk': 'in 100 MB/s' };

function latencies() {
  const results = lines.map((line) => JSON.parse(line)).filter(({ scenario }) => KEYS[scenario]);
  const most = ceiling(Math.max(...results.map(({ figures }) => figures.p99_ms)));
  const parts = [text(10, 20, 'From key or pointer event to the answer on the screen, ms', 'font-weight="bold"')];
  results.forEach(({ scenario, figures }, i) => {
    const top = 40 + 50 * i;
    parts.push(text(10, top + 20, KEYS[scenario]));
    ['p50_ms', 'p99_ms'].forEach((key, j) => {
      const width = Math.max(1, ((WIDTH - 80) * figures[key]) / most);
      parts.push(`<rect x="${LEFT + 60}" y="${top + 18 * j}" width="${width}" height="14" fill="${['#fdc086', '#d95f02'][j]}"/>`);
      parts.push(text(LEFT + 66 + width, top + 11 + 18 * j, `${key.slice(0, 3)} ${short(figures[key])}`, 'font-size="10"'));
    });
  });
  return svg(50 + 50 * results.length, parts);
}

console.log(file.endsWith('.csv') ? mixed() : latencies());
