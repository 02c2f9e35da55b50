package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StageFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where and how precisely a stage computes: what the DiffusionRuntime asks for, or nothing. The
 * denoiser computes in the precision that is asked for; text encoders, which are small, and the
 * autoencoder, which overflows in half precision, stay in float32, as do all weights that are
 * trained.
 *
 * @param gpus that the pod was given; 0 for the CPU
 */
record Compute(int gpus, DType precision) {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** What the stage file asks for. */
  static Compute of(StageFile.DeviceInput device) {
    return new Compute(device.gpus(), precision(device));
  }

  private static DType precision(StageFile.DeviceInput device) {
    return switch (device.precision()) {
      case "Float32" -> DType.FLOAT32;
      case "BFloat16" -> DType.BFLOAT16;
      case "Float16" -> DType.FLOAT16;
      default ->
          throw new StageFailure.BadInput(
              "spec.precision '%s' of the DiffusionRuntime is not known; this release has Float32, BFloat16 and Float16"
                  .formatted(device.precision()));
    };
  }

  /** Starts the engine; a GPU that is asked for and not there ends the stage. */
  Torch start() {
    if (gpus == 0) {
      LOG.info("computing on the CPU, denoiser in {}", precision);
      return Torch.start();
    }
    if (Torch.gpus() == 0) {
      throw new StageFailure.BadInput(
          "the pod asks for %d GPU(s), but libtorch sees none (%s): use the runtime image with CUDA and a node with an NVIDIA driver, or set spec.gpu.count: 0 on the DiffusionRuntime"
              .formatted(gpus, Torch.version()));
    }
    LOG.info("computing on GPU 0 of {}, denoiser in {}", Torch.gpus(), precision);
    return Torch.startOnGpu(Runtime.getRuntime().availableProcessors());
  }
}
