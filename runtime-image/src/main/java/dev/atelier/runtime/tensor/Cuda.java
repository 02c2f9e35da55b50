package dev.atelier.runtime.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the CUDA runtime that libtorch brings tells of the first GPU. It has the name of its version
 * alone, which DJL does not look for.
 */
final class Cuda {
  private static final List<String> NAMES = List.of("cudart", "libcudart.so.12", "libcudart.so.13");
  private static final int SUCCESS = 0;
  private static final int NOT_READY = 600;

  /** The stream that libtorch computes on. */
  private static final Pointer DEFAULT_STREAM = Pointer.NULL;

  private Cuda() {}

  /** The calls by their names in cuda_runtime_api.h. */
  interface Calls extends Library {
    int cudaMemGetInfo(long[] free, long[] total);

    int cudaStreamQuery(Pointer stream);

    String cudaGetErrorString(int error);
  }

  /** Bytes of memory that nobody uses; empty where no CUDA runtime tells. */
  static OptionalLong freeMemory() {
    var free = new long[1];
    boolean told =
        runtime().map(cuda -> cuda.cudaMemGetInfo(free, new long[1])).orElse(-1) == SUCCESS;
    return told ? OptionalLong.of(free[0]) : OptionalLong.empty();
  }

  /** Whether all work that was given to the GPU is done. */
  static boolean isIdle() {
    var cuda =
        runtime().orElseThrow(() -> new IllegalStateException("none of " + NAMES + " loads"));
    int answer = cuda.cudaStreamQuery(DEFAULT_STREAM);
    if (answer != SUCCESS && answer != NOT_READY) {
      throw new IllegalStateException("the GPU failed: " + cuda.cudaGetErrorString(answer));
    }
    return answer == SUCCESS;
  }

  private static Optional<Calls> runtime() {
    return Loaded.RUNTIME;
  }

  /** Found once, when first asked for. */
  private static final class Loaded {
    static final Optional<Calls> RUNTIME =
        NAMES.stream().flatMap(name -> load(name).stream()).findFirst();

    private static Optional<Calls> load(String name) {
      try {
        return Optional.of(Native.load(name, Calls.class));
      } catch (UnsatisfiedLinkError e) {
        return Optional.empty();
      }
    }
  }
}
