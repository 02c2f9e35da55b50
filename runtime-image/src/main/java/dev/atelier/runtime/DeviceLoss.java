package dev.atelier.runtime;

/**
 * Tells errors after which the GPU is of no more use to this process: CUDA repeats them at whatever
 * it is asked for afterwards, and only a new process begins anew. Lack of memory is none of them.
 */
public final class DeviceLoss {

  private DeviceLoss() {}

  /** Whether such an error is what caused a problem, in the words of libtorch. */
  public static boolean caused(Throwable problem) {
    return !MemoryShortage.caused(problem)
        && Causes.say(problem, "cuda error", "cudnn error", "cublas_status");
  }
}
