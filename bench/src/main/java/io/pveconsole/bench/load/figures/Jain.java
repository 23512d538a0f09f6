// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import java.util.List;

/** Jain's index of fairness: 1 when all have the same, 1/n when one has everything. */
public final class Jain {

  private Jain() {}

  /** The index of shares of any one unit; 1 when there is nothing to share. */
  public static double index(List<Double> shares) {
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    double squares = shares.stream().mapToDouble(share -> share * share).sum();
    return squares == 0 ? 1 : sum * sum / (shares.size() * squares);
  }
}
