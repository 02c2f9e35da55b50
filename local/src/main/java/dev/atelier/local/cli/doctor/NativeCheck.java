package dev.atelier.local.cli.doctor;

import dev.atelier.runtime.tensor.Torch;

/** Loads the native libraries as a pod would. */
final class NativeCheck implements Check {

  private static final String SUBJECT = "native libraries";

  @Override
  public Finding look() {
    try (var torch = Torch.start()) {
      return Finding.ok(SUBJECT, "libtorch loads");
    } catch (RuntimeException | LinkageError e) {
      return Finding.fail(
          SUBJECT,
          "libtorch does not load: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "Linux x86_64 with glibc 2.28 or newer is needed; delete ~/.djl.ai if its files are damaged.");
    }
  }
}
