package dev.atelier.runtime.tensor;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/**
 * The engine's native calls that DJL keeps package-private. Running a method of a TorchScript
 * module with scalar arguments while gradients are recorded: DJL's public call always runs in
 * inference mode, whose results cannot take part in a backward pass. A tensor's memory: DJL's
 * public call first copies that of a GPU.
 */
final class NativeCalls {
  private static final String LIBRARY = "ai.djl.pytorch.jni.PyTorchLibrary";
  private static final MethodHandle RUN =
      find(
          "moduleRunMethod",
          methodType(
              long.class, long.class, String.class, long[].class, boolean.class, boolean.class));
  private static final MethodHandle FREE =
      find("torchDeleteIValue", methodType(void.class, long.class));
  private static final MethodHandle FROM_TENSOR = from("Tensor", long.class);
  private static final MethodHandle FROM_TENSORS = from("TensorList", long[].class);
  private static final MethodHandle FROM_LONG = from("Long", long.class);
  private static final MethodHandle FROM_LONGS = from("LongList", long[].class);
  private static final MethodHandle FROM_DOUBLE = from("Double", double.class);
  private static final MethodHandle FROM_BOOL = from("Bool", boolean.class);
  private static final MethodHandle FROM_TEXT = from("String", String.class);
  private static final MethodHandle TO_TENSOR =
      find("iValueToTensor", methodType(long.class, long.class));
  private static final MethodHandle TO_TENSORS =
      find("iValueToTensorList", methodType(long[].class, long.class));
  private static final MethodHandle MEMORY =
      find("torchDirectByteBuffer", methodType(ByteBuffer.class, long.class));
  private static final MethodHandle DTYPE = find("torchDType", methodType(int.class, long.class));

  private NativeCalls() {}

  /** Runs a method of the module and returns the handle of its result value. */
  static long run(long module, String method, long[] arguments) {
    try {
      return (long) RUN.invokeExact(module, method, arguments, true, false);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  static void free(long value) {
    try {
      FREE.invokeExact(value);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  static long fromTensor(long tensor) {
    return oneLong(FROM_TENSOR, tensor);
  }

  static long fromLong(long value) {
    return oneLong(FROM_LONG, value);
  }

  static long toTensor(long value) {
    return oneLong(TO_TENSOR, value);
  }

  static long fromTensors(long[] tensors) {
    return oneArray(FROM_TENSORS, tensors);
  }

  static long fromLongs(long[] values) {
    return oneArray(FROM_LONGS, values);
  }

  static long fromDouble(double value) {
    try {
      return (long) FROM_DOUBLE.invokeExact(value);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  static long fromBool(boolean value) {
    try {
      return (long) FROM_BOOL.invokeExact(value);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  static long fromText(String value) {
    try {
      return (long) FROM_TEXT.invokeExact(value);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  static long[] toTensors(long value) {
    try {
      return (long[]) TO_TENSORS.invokeExact(value);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /**
   * DJL's code of a tensor's element type; asking here survives bfloat16, asking the array does
   * not.
   */
  static int dtype(long tensor) {
    try {
      return (int) DTYPE.invokeExact(tensor);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** A tensor's memory where it lies: what is on a GPU must not be read. */
  static ByteBuffer memory(long tensor) {
    try {
      return (ByteBuffer) MEMORY.invokeExact(tensor);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private static long oneLong(MethodHandle call, long value) {
    try {
      return (long) call.invokeExact(value);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private static long oneArray(MethodHandle call, long[] values) {
    try {
      return (long) call.invokeExact(values);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private static MethodHandle from(String kind, Class<?> argument) {
    return find("iValueFrom" + kind, methodType(long.class, argument));
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      Class<?> library = Class.forName(LIBRARY);
      var lookup = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
      Object instance = lookup.findStaticGetter(library, "LIB", library).invoke();
      return lookup.findVirtual(library, name, type).bindTo(instance);
    } catch (Throwable e) {
      throw new LinkageError(
          LIBRARY + "." + name + type + " is not in this version of DJL; see docs on pinning", e);
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
