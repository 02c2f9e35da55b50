package dev.atelier.runtime.tensor;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The loaded TorchScript operators. Every call records gradients when the thread's mode says so.
 */
final class Script {
  private final PtNDManager manager;
  private final PtSymbolBlock module;

  Script(PtNDManager manager) {
    this.manager = manager;
    try {
      module =
          JniUtils.loadModule(
              manager, new ByteArrayInputStream(ScriptArchive.bytes()), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls an operator that gives one array. */
  PtNDArray one(String method, Object... arguments) {
    long result = run(method, arguments);
    try {
      return new PtNDArray(manager, NativeCalls.toTensor(result));
    } finally {
      NativeCalls.free(result);
    }
  }

  /** Calls an operator that gives a list of arrays. */
  List<PtNDArray> many(String method, Object... arguments) {
    long result = run(method, arguments);
    try {
      var arrays = new ArrayList<PtNDArray>();
      for (long handle : NativeCalls.toTensors(result)) {
        arrays.add(new PtNDArray(manager, handle));
      }
      return arrays;
    } finally {
      NativeCalls.free(result);
    }
  }

  /** Calls an operator for its effect. */
  void act(String method, Object... arguments) {
    NativeCalls.free(run(method, arguments));
  }

  /** Calls an operator and keeps its result as an opaque value; the caller frees it. */
  long value(String method, Object... arguments) {
    return run(method, arguments);
  }

  private long run(String method, Object... arguments) {
    long[] values = new long[arguments.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = value(arguments[i]);
      }
      return NativeCalls.run(module.getHandle(), method, values);
    } finally {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != 0 && !(arguments[i] instanceof Generator)) {
          NativeCalls.free(values[i]);
        }
      }
    }
  }

  private static long value(Object argument) {
    if (argument instanceof Tensor tensor) {
      return NativeCalls.fromTensor(tensor.handle());
    }
    if (argument instanceof Integer number) {
      return NativeCalls.fromLong(number);
    }
    if (argument instanceof Long number) {
      return NativeCalls.fromLong(number);
    }
    if (argument instanceof Double number) {
      return NativeCalls.fromDouble(number);
    }
    if (argument instanceof Boolean flag) {
      return NativeCalls.fromBool(flag);
    }
    if (argument instanceof String text) {
      return NativeCalls.fromText(text);
    }
    if (argument instanceof long[] numbers) {
      return NativeCalls.fromLongs(numbers);
    }
    if (argument instanceof Generator generator) {
      return generator.handle();
    }
    if (argument instanceof List<?> tensors) {
      return NativeCalls.fromTensors(
          tensors.stream().mapToLong(t -> ((Tensor) t).handle()).toArray());
    }
    throw new IllegalArgumentException("No operator takes a " + argument.getClass());
  }
}
