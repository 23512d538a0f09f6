// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.util.List;
import java.util.Map;

/**
 * What a reader's browser looks like to the page.
 *
 * @param language the first one the reader wants, such as {@code ko-KR}
 * @param scheme {@code light} or {@code dark}
 * @param touch whether it is a phone without mouse and keyboard
 */
record BrowserLook(
    String language, String scheme, boolean touch, int width, int height, double scale) {
  static final BrowserLook DESKTOP = new BrowserLook("en-US", "light", false, 1280, 860, 1);
  static final BrowserLook PHONE = new BrowserLook("en-US", "light", true, 360, 740, 2);

  BrowserLook in(String other) {
    return new BrowserLook(other, scheme, touch, width, height, scale);
  }

  BrowserLook dark() {
    return new BrowserLook(language, "dark", touch, width, height, scale);
  }

  BrowserLook turned() {
    return new BrowserLook(language, scheme, touch, height, width, scale);
  }

  /** Makes the browser look so, for all pages that it opens from now on. */
  void applyTo(Browser browser) {
    browser.devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", touch));
    browser.devTools(
        "Emulation.setTouchEmulationEnabled", Map.of("enabled", touch, "maxTouchPoints", 5));
    browser.devTools("Emulation.setEmitTouchEventsForMouse", Map.of("enabled", false));
    browser.devTools(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "pointer", "value", touch ? "coarse" : "fine"))));
  }
}
