package dev.atelier.runtime.tensor;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file in memory, read-only. Closing gives the address space back at once; else the
 * next garbage collection would, which a process whose heap is small may not need for hours, while
 * every weight file that it once opened counts as its resident memory.
 */
final class Mapping implements AutoCloseable {
  private static final MethodHandle UNMAP = unmap();

  private final ByteBuffer bytes;
  private boolean open = true;

  private Mapping(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static Mapping of(FileChannel channel, long at, long bytes) throws IOException {
    return new Mapping(channel.map(FileChannel.MapMode.READ_ONLY, at, bytes));
  }

  /** The bytes; whoever reads them after {@link #close} ends the process. */
  ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      UNMAP.invokeExact(bytes);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot unmap a part of a file", e);
    }
  }

  /** The module jdk.unsupported has the only way before Java 22. */
  private static MethodHandle unmap() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Object instance =
          MethodHandles.privateLookupIn(unsafe, MethodHandles.lookup())
              .findStaticGetter(unsafe, "theUnsafe", unsafe)
              .invoke();
      return MethodHandles.lookup()
          .findVirtual(unsafe, "invokeCleaner", methodType(void.class, ByteBuffer.class))
          .bindTo(instance);
    } catch (Throwable e) {
      throw new LinkageError("This Java lacks sun.misc.Unsafe.invokeCleaner.", e);
    }
  }
}
