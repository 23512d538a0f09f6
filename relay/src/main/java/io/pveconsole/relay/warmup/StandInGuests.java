// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the stand-in of Proxmox says of its guests, in as many words as a real one: the compiler
 * takes what it has never seen (a fraction, a long text) for what never comes, and starts again
 * when it does.
 *
 * @param certificate PEM, which each answer to vncproxy carries
 */
record StandInGuests(String certificate) {

  /** How many there are; their VMIDs begin with {@link #FIRST_VMID}. */
  static final int COUNT = 8;

  static final int FIRST_VMID = 101;

  private static final int FIRST_PORT = 5900;
  private static final long MEMORY = 4L << 30;
  private static final int SIGNATURE_CHARACTERS = 344;
  private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

  JsonArray inventory() {
    JsonArray all = new JsonArray();
    for (int vmid = FIRST_VMID; vmid < FIRST_VMID + COUNT; vmid++) {
      all.add(
          figures(vmid)
              .put("id", "qemu/" + vmid)
              .put("type", "qemu")
              .put("node", "warm")
              .put("template", 0)
              .put("tags", "warm;up"));
    }
    return all;
  }

  JsonObject permissions() {
    JsonObject all = new JsonObject();
    for (int vmid = FIRST_VMID; vmid < FIRST_VMID + COUNT; vmid++) {
      all.put("/vms/" + vmid, new JsonObject().put("VM.Console", 1).put("VM.Audit", 1));
    }
    return all;
  }

  /** The answer to a call below {@code /nodes/warm/qemu/VMID/}. */
  JsonObject answer(int vmid, String call) {
    return switch (call) {
      case "config" -> config(vmid);
      case "status/current" -> status(vmid);
      case "vncproxy" -> port(vmid);
      default -> figures(vmid);
    };
  }

  /** Of three guests one is told by its name alone, one by its configuration, one by its run. */
  private static JsonObject config(int vmid) {
    JsonObject data =
        new JsonObject()
            .put("name", "warm-" + vmid)
            .put("cores", 2)
            .put("memory", "4096")
            .put("scsi0", "local-lvm:vm-" + vmid + "-disk-0,size=32G")
            .put("digest", "0123456789abcdef0123456789abcdef01234567");
    return vmid % 3 == 0
        ? data.put("vga", "std")
        : data.put("smbios1", "uuid=00000000-0000-4000-8000-000000000" + vmid);
  }

  private static JsonObject status(int vmid) {
    return figures(vmid)
        .put("pid", vmid % 3 == 1 ? 0 : vmid)
        .put("qmpstatus", "running")
        .put("cpus", 2)
        .put("ha", new JsonObject().put("managed", 0))
        .putNull("lock")
        .put("blockstat", new JsonObject().put("scsi0", new JsonObject().put("rd_bytes", MEMORY)))
        .put("running-machine", "pc-i440fx-9.2+pve1");
  }

  private static JsonObject figures(int vmid) {
    return new JsonObject()
        .put("name", "warm-" + vmid)
        .put("vmid", vmid)
        .put("status", "running")
        .put("uptime", Duration.between(STARTED, Instant.now()).toSeconds())
        .put("cpu", ThreadLocalRandom.current().nextDouble())
        .put("maxcpu", 2)
        .put("mem", ThreadLocalRandom.current().nextLong(MEMORY))
        .put("maxmem", MEMORY)
        .put("netin", 123_456_789)
        .put("diskread", 0);
  }

  private JsonObject port(int vmid) {
    return new JsonObject()
        .put("port", Integer.toString(FIRST_PORT + vmid - FIRST_VMID))
        .put("ticket", "PVEVNC:00000000::" + "A".repeat(SIGNATURE_CHARACTERS))
        .put("user", "warm@pve")
        .put("password", "warm\"up\\")
        .put("cert", certificate)
        .put("upid", "UPID:warm:00001000:00001000:00000000:vncproxy:" + vmid + ":warm@pve:");
  }
}
