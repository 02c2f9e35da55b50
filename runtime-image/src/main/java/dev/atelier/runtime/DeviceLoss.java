package dev.atelier.runtime;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tells errors after which the GPU is of no more use to this process: CUDA repeats them at whatever
 * it is asked for afterwards, and only a new process begins anew. Lack of memory is none of them.
 */
public final class DeviceLoss {

  /**
   * How libtorch begins to tell of an error of CUDA, of its kernels for networks and for matrices.
   */
  private static final List<String> SIGNS = List.of("cuda error", "cudnn error", "cublas_status");

  private DeviceLoss() {}

  /** Whether such an error is what caused a problem. */
  public static boolean caused(Throwable problem) {
    return !MemoryShortage.caused(problem)
        && Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
            .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
            .anyMatch(text -> SIGNS.stream().anyMatch(text::contains));
  }
}
