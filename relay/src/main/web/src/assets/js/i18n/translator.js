// SPDX-License-Identifier: Apache-2.0

/** Looks up a text by its dotted key and fills `{name}` places. A key without a text stands for itself. */
export function createTranslator(strings) {
  function find(key) {
    let node = strings;
    for (const part of key.split('.')) {
      node = node !== null && typeof node === 'object' && Object.hasOwn(node, part) ? node[part] : undefined;
    }
    return typeof node === 'string' ? node : undefined;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
  }

  function t(key, values = {}) {
    return fill(find(key) ?? key, values);
  }

  t.has = (key) => find(key) !== undefined;
  return t;
}
