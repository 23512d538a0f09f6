// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

/** Where another JVM finds the same classes. */
final class ClassPath {

  private ClassPath() {}

  /** The class path of this JVM, also where a test runner has put it elsewhere. */
  static String mine() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
