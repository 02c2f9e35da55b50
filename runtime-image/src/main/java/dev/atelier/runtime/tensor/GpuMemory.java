package dev.atelier.runtime.tensor;

import ai.djl.util.cuda.CudaLibrary;
import com.sun.jna.Native;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of the first GPU's memory is free. libtorch brings the CUDA runtime under the name of
 * its version alone, which DJL does not look for.
 */
final class GpuMemory {
  private static final List<String> NAMES = List.of("cudart", "libcudart.so.12", "libcudart.so.13");
  private static final int SUCCESS = 0;

  private GpuMemory() {}

  /** Bytes that nobody uses; empty where no CUDA runtime tells. */
  static OptionalLong free() {
    var runtime = NAMES.stream().flatMap(name -> library(name).stream()).findFirst();
    var free = new long[1];
    boolean told =
        runtime.isPresent() && runtime.get().cudaMemGetInfo(free, new long[1]) == SUCCESS;
    return told ? OptionalLong.of(free[0]) : OptionalLong.empty();
  }

  private static Optional<CudaLibrary> library(String name) {
    try {
      return Optional.of(Native.load(name, CudaLibrary.class));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
