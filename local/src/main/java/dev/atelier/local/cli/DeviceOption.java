package dev.atelier.local.cli;

import dev.atelier.runtime.tensor.ComputeDevice;
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
          "Compute on the first NVIDIA GPU; needs a libtorch with CUDA (docs/images.md says how).")
  private boolean gpu;

  ComputeDevice device() {
    return new ComputeDevice(gpu, threads);
  }
}
