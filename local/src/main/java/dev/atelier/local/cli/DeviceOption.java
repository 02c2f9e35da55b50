package dev.atelier.local.cli;

import dev.atelier.local.workstation.UserError;
import dev.atelier.runtime.tensor.ComputeDevice;
import dev.atelier.runtime.tensor.Torch;
import picocli.CommandLine.Option;

/** What commands that compute for long compute on: {@code --threads} and {@code --gpu}. */
final class DeviceOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the engine. Default: one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--gpu",
      description =
          "Compute on the first NVIDIA GPU; needs a libtorch with CUDA (docs/gpu.md says how).")
  private boolean gpu;

  /**
   * The device.
   *
   * @throws UserError if it is a GPU and libtorch sees none
   */
  ComputeDevice device() {
    if (gpu && Torch.gpus() == 0) {
      throw new UserError(
          "--gpu: %s sees no GPU".formatted(Torch.version()),
          "docs/gpu.md says which libtorch it takes; without --gpu the processor computes.");
    }
    return new ComputeDevice(gpu, threads);
  }
}
