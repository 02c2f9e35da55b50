package dev.atelier.runtime.tensor;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Where tensors lie, for native code that works on their values in place. */
public final class Address {
  private Address() {}

  /**
   * The address of a tensor's first value, in the memory of the processor or of the GPU; good while
   * the tensor lives.
   *
   * @throws ai.djl.engine.EngineException if the values are not in row-major order or take 2 GB or
   *     more
   */
  public static long of(Tensor tensor) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(NativeCalls.memory(tensor.handle())));
  }
}
