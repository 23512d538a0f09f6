// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.fault;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which faults are on. Thread-safe. */
public final class Faults {
  private final Map<Fault, Setting> active = new EnumMap<>(Fault.class);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /**
   * How a fault is on.
   *
   * @param node the node concerned; empty for all
   * @param value a number or word of the fault's own; empty for its default
   * @param times how often it still strikes; negative for always
   */
  public record Setting(String node, String value, int times) {
    /** On all nodes, always, with the default value. */
    public static final Setting ALWAYS = new Setting("", "", -1);

    /** The value as a number. */
    public int number(int otherwise) {
      return value.matches("\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }
  }

  /** Learns at once that a fault went on or off. */
  public interface Listener {
    /** Called on the thread that switches. */
    void switched(Fault fault, Setting setting, boolean on);
  }

  /** Adds a listener. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Switches on, everywhere and until switched off. */
  public void on(Fault fault) {
    on(fault, Setting.ALWAYS);
  }

  /** Switches on with a value. */
  public void on(Fault fault, String value) {
    on(fault, new Setting("", value, -1));
  }

  /** Switches on. */
  public void on(Fault fault, Setting setting) {
    synchronized (active) {
      active.put(fault, setting);
    }
    listeners.forEach(l -> l.switched(fault, setting, true));
  }

  /** Switches off. */
  public void off(Fault fault) {
    Setting was;
    synchronized (active) {
      was = active.remove(fault);
    }
    if (was != null) {
      listeners.forEach(l -> l.switched(fault, was, false));
    }
  }

  /** Switches everything off. */
  public void clear() {
    for (Fault fault : Fault.values()) {
      off(fault);
    }
  }

  /** Lets a fault strike on a node, if it is on there; counts down its times. */
  public Optional<Setting> strike(Fault fault, String node) {
    synchronized (active) {
      Setting setting = active.get(fault);
      if (setting == null || !(setting.node().isEmpty() || setting.node().equals(node))) {
        return Optional.empty();
      }
      if (setting.times() == 1) {
        active.remove(fault);
      } else if (setting.times() > 1) {
        active.put(fault, new Setting(setting.node(), setting.value(), setting.times() - 1));
      }
      return Optional.of(setting);
    }
  }

  /** All that are on. */
  public Map<Fault, Setting> active() {
    synchronized (active) {
      return Map.copyOf(active);
    }
  }
}
