// SPDX-License-Identifier: Apache-2.0

/**
 * Resolves once a person looks at the page. A link scanner or a prerendering browser must not use
 * up a link that works once.
 */
export function whenVisible(doc) {
  if (isVisible(doc)) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const look = () => {
      if (isVisible(doc)) {
        doc.removeEventListener('visibilitychange', look);
        doc.removeEventListener('prerenderingchange', look);
        resolve();
      }
    };
    doc.addEventListener('visibilitychange', look);
    doc.addEventListener('prerenderingchange', look);
  });
}

export function isVisible(doc) {
  return !doc.prerendering && doc.visibilityState === 'visible';
}
