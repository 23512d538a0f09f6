// SPDX-License-Identifier: Apache-2.0

/**
 * Lets xterm.js build its screen under `style-src 'self'`. It writes style elements and style
 * attributes, which that policy refuses; constructed style sheets and the CSSOM are allowed, so
 * these stand in for them. See xtermjs/xterm.js issue 4445.
 */
export function withStrictStyles(doc, open) {
  const createElement = doc.createElement;
  doc.createElement = (name, options) =>
    name === 'style' ? sheetElement(doc, createElement) : createElement.call(doc, name, options);
  try {
    open();
  } finally {
    delete doc.createElement;
  }
  styleSpansThroughCssom(doc.defaultView.HTMLSpanElement);
}

function sheetElement(doc, createElement) {
  const sheet = new doc.defaultView.CSSStyleSheet();
  doc.adoptedStyleSheets = [...doc.adoptedStyleSheets, sheet];
  const element = createElement.call(doc, 'span');
  element.hidden = true;
  Object.defineProperty(element, 'textContent', { set: (text) => sheet.replaceSync(text) });
  element.remove = () => {
    doc.adoptedStyleSheets = doc.adoptedStyleSheets.filter((other) => other !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

/** The rows of the terminal are spans; only they are changed. */
function styleSpansThroughCssom(SpanElement) {
  if (Object.hasOwn(SpanElement.prototype, 'setAttribute')) {
    return;
  }
  const setAttribute = SpanElement.prototype.setAttribute;
  SpanElement.prototype.setAttribute = function set(name, value) {
    if (name === 'style') {
      this.style.cssText = value;
    } else {
      setAttribute.call(this, name, value);
    }
  };
}
