// SPDX-License-Identifier: Apache-2.0
/* global PAGE_BUILD */

/**
 * Whether this script belongs to another version than the page around it, as can be while relays are
 * replaced one by one. A reload mends that; a page that was just reloaded makes do with what it got.
 */
export function isStale(doc, performance, build = PAGE_BUILD) {
  const reloaded = performance.getEntriesByType('navigation')[0]?.type === 'reload';
  return doc.documentElement.dataset.build !== build && !reloaded;
}
