package dev.atelier.runtime.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The engine (libtorch on the CPU or on a GPU): makes tensors and seeded generators.
 *
 * <p>Every tensor made here, and every result of an operation, belongs to the innermost {@link
 * Scope} of the thread. Data are copied into memory of the engine unless a method says otherwise.
 */
public final class Torch implements AutoCloseable {
  private static final String CPU = "cpu";
  private static final String GPU = "cuda:0";
  private static final int WIDENED_TOGETHER = 1 << 28;

  private final PtNDManager manager;
  private final String device;
  private final Script script;

  private Torch(PtNDManager manager, String device) {
    this.manager = manager;
    this.device = device;
    this.script = new Script(manager);
  }

  /**
   * Starts the engine with one thread per processor. Nothing is downloaded and nothing reported.
   */
  public static Torch start() {
    return start(Runtime.getRuntime().availableProcessors());
  }

  /** Starts the engine with the given number of threads per operation. */
  public static Torch start(int threads) {
    return start(threads, Device.cpu(), CPU);
  }

  /** Starts the engine on the first GPU; what the processor still does has that many threads. */
  public static Torch startOnGpu(int threads) {
    if (gpus() == 0) {
      throw new IllegalStateException(version() + " sees no GPU");
    }
    return start(threads, Device.gpu(), GPU);
  }

  /** GPUs that this build of libtorch can compute on: none without CUDA in it. */
  public static int gpus() {
    var engine = engine();
    return engine.hasCapability(StandardCapabilities.CUDA) ? engine.getGpuCount() : 0;
  }

  private static Torch start(int threads, Device device, String name) {
    var manager = (PtNDManager) engine().newBaseManager(device);
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(false);
    return new Torch(manager, name);
  }

  private static Engine engine() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    return Engine.getEngine("PyTorch");
  }

  /** The version of the engine: other versions may round otherwise. */
  public static String version() {
    return "libtorch " + Engine.getEngine("PyTorch").getVersion();
  }

  /** A float32 tensor of the values in row-major order. */
  public Tensor tensor(float[] values, long... shape) {
    ByteBuffer buffer = direct(4L * values.length);
    buffer.asFloatBuffer().put(values);
    return copied(buffer, DType.FLOAT32, shape);
  }

  /** An int64 tensor of the values in row-major order. */
  public Tensor tensor(long[] values, long... shape) {
    ByteBuffer buffer = direct(8L * values.length);
    buffer.asLongBuffer().put(values);
    return copied(buffer, DType.INT64, shape);
  }

  /** A float32 tensor without dimensions. */
  public Tensor scalar(double value) {
    return full(value);
  }

  /** A float32 tensor of one value. */
  public Tensor full(double value, long... shape) {
    return wrap(script.one("full", shape, value, DType.FLOAT32.code(), device));
  }

  /** A float32 tensor of zeros. */
  public Tensor zeros(long... shape) {
    return full(0, shape);
  }

  /** A float32 tensor of ones. */
  public Tensor ones(long... shape) {
    return full(1, shape);
  }

  /** A generator bit-equal to torch's CPU generator of that seed. */
  public Generator generator(long seed) {
    return new Generator(this, seed);
  }

  /** Whether tensors lie on a GPU. */
  public boolean isOnGpu() {
    return !device.equals(CPU);
  }

  /** Bytes of the GPU's memory that nobody uses; empty where the driver does not tell. */
  public static OptionalLong freeGpuMemory() {
    return Cuda.freeMemory();
  }

  /**
   * Whether the engine has done all that it was given; a GPU works on while this process goes on.
   *
   * @throws IllegalStateException if the GPU failed
   */
  public boolean isIdle() {
    return !isOnGpu() || Cuda.isIdle();
  }

  /** A tensor that was made on the CPU, where this engine computes. */
  Tensor here(Tensor made) {
    return isOnGpu() ? wrap(script.one("on_device", made, device)) : made;
  }

  /** A tensor in memory that the process can read. */
  Tensor readable(Tensor tensor) {
    return isOnGpu() ? wrap(script.one("on_device", tensor, CPU)) : tensor;
  }

  /** Threads that one operation uses. */
  public int threads() {
    return JniUtils.getNumThreads();
  }

  @Override
  public void close() {
    manager.close();
  }

  /**
   * A tensor that reads the direct buffer in place; the buffer must not change, and the tensor must
   * not be written in place nor outlived by its views.
   */
  Tensor shared(ByteBuffer buffer, DType type, long... shape) {
    return type == DType.BFLOAT16 ? widened(buffer, shape) : wrap(over(buffer, type, shape));
  }

  /** As {@link #shared}; freeing the tensor ends the mapping. */
  Tensor mapped(Mapping mapping, DType type, long... shape) {
    // What is widened or lies on a GPU is a copy.
    if (type == DType.BFLOAT16 || isOnGpu()) {
      try (mapping) {
        return shared(mapping.bytes(), type, shape);
      }
    }
    var array = over(mapping.bytes(), type, shape);
    return Scope.register(new Tensor(this, array, Optional.of(mapping)));
  }

  private PtNDArray over(ByteBuffer buffer, DType type, long... shape) {
    var data = buffer.order(ByteOrder.nativeOrder());
    return (PtNDArray) manager.create(data, new Shape(shape), dataType(type));
  }

  private Tensor copied(ByteBuffer buffer, DType type, long... shape) {
    try (Scope scope = Scope.open()) {
      return scope.keep(shared(buffer, type, shape).copy());
    }
  }

  /**
   * DJL cannot make bfloat16 arrays; float32 has the same exponent, so shift each value, straight
   * into the engine's memory and in parts, since a buffer ends at 2 GB.
   */
  private Tensor widened(ByteBuffer data, long... shape) {
    var bits = data.order(ByteOrder.nativeOrder()).asShortBuffer();
    try (Scope scope = Scope.open()) {
      Tensor whole = wrap(script.one("empty", shape, DType.FLOAT32.code()));
      Tensor flat = whole.reshape(-1);
      for (int at = 0; at < bits.limit(); at += WIDENED_TOGETHER) {
        int count = Math.min(WIDENED_TOGETHER, bits.limit() - at);
        var memory = flat.narrow(0, at, count).bytes().order(ByteOrder.nativeOrder());
        Widening.widen(bits.slice(at, count), memory.asIntBuffer());
      }
      return scope.keep(here(whole));
    }
  }

  private static DataType dataType(DType type) {
    return switch (type) {
      case UINT8 -> DataType.UINT8;
      case INT8 -> DataType.INT8;
      case INT32 -> DataType.INT32;
      case INT64 -> DataType.INT64;
      case FLOAT16 -> DataType.FLOAT16;
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case BOOL -> DataType.BOOLEAN;
      default -> throw new IllegalArgumentException("Cannot make a tensor of type " + type);
    };
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  Tensor wrap(NDArray array) {
    return Scope.register(new Tensor(this, (PtNDArray) array, Optional.empty()));
  }

  Script script() {
    return script;
  }
}
