package dev.atelier.local.cli.doctor;

import dev.atelier.local.cli.view.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room and permission to write. */
final class DiskChecks {

  private static final long GIB = 1L << 30;

  private DiskChecks() {}

  /**
   * @param fail GiB below which nothing works
   * @param warn GiB below which it may get tight
   */
  static Finding space(String subject, Path folder, int fail, int warn) {
    var existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      var fact = "%s free at %s".formatted(ByteSize.words(free), existing);
      if (free < fail * GIB) {
        return Finding.fail(subject, fact, "Free at least %d GiB there.".formatted(fail));
      }
      return free < warn * GIB
          ? Finding.warn(subject, fact, "The sample fits; free %d GiB for more.".formatted(warn))
          : Finding.ok(subject, fact);
    } catch (IOException e) {
      return Finding.fail(subject, existing + ": " + e.getMessage(), "Choose another folder.");
    }
  }

  /** Native libraries are unpacked and loaded from there, so a noexec mount shows up as well. */
  static Finding writable(Path folder) {
    try {
      var file = Files.createTempFile(folder, "atelier", ".sh");
      try {
        Files.writeString(file, "#!/bin/sh\nexit 0\n");
        boolean runs =
            file.toFile().setExecutable(true) && Program.output(file.toString()).isPresent();
        return runs
            ? Finding.ok(folder.toString(), "writable, programs can run")
            : Finding.warn(
                folder.toString(),
                "writable, but mounted so that programs cannot run",
                "Choose another folder: export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR.");
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Finding.fail(
          folder.toString(),
          "not writable: " + e.getMessage(),
          "Make it writable, or export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR.");
    }
  }
}
