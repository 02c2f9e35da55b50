package dev.atelier.runtime.ranks;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/**
 * NVIDIA's collectives: sums over the memory of GPUs, one GPU a rank. libtorch with CUDA links the
 * library, so that it is loaded already where it is used.
 */
final class Nccl {

  static final int IDENTIFIER_BYTES = 128;

  private static final String LIBRARY = "libnccl.so.2";
  private static final int SUCCESS = 0;
  private static final int IN_PROGRESS = 7;
  private static final int FLOAT32 = 7;
  private static final int SUM = 0;

  /**
   * The stream that libtorch computes on: sums wait for what came before, and the next for them.
   */
  private static final Pointer DEFAULT_STREAM = Pointer.NULL;

  /** The library keeps one last error for all communicators. */
  private static final Pointer ANY = Pointer.NULL;

  private final Calls calls;
  private final Pointer communicator;

  private Nccl(Calls calls, Pointer communicator) {
    this.calls = calls;
    this.communicator = communicator;
  }

  /** The calls by their names in nccl.h. */
  interface Calls extends Library {
    int ncclGetVersion(IntByReference version);

    int ncclGetUniqueId(Identifier identifier);

    int ncclCommInitRank(
        PointerByReference communicator, int ranks, Identifier.ByValue identifier, int rank);

    int ncclAllReduce(
        Pointer send,
        Pointer receive,
        long count,
        int type,
        int operation,
        Pointer communicator,
        Pointer stream);

    int ncclCommGetAsyncError(Pointer communicator, IntByReference error);

    int ncclCommAbort(Pointer communicator);

    int ncclCommDestroy(Pointer communicator);

    String ncclGetErrorString(int error);

    String ncclGetLastError(Pointer communicator);
  }

  /** What ranks of one communicator know it by: {@code ncclUniqueId}, 128 bytes. */
  @Structure.FieldOrder("internal")
  public static class Identifier extends Structure {
    public byte[] internal = new byte[IDENTIFIER_BYTES];

    /** As C hands it over. */
    public static final class ByValue extends Identifier implements Structure.ByValue {}
  }

  /** A call that failed, or an error that the library noticed since; the message is its own. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  /** The library, where there is one. */
  static Optional<Calls> library() {
    try {
      return Optional.of(Native.load(LIBRARY, Calls.class));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  /** Its version, such as 2.26.2. */
  static String version(Calls calls) {
    var version = new IntByReference();
    calls.ncclGetVersion(version);
    int number = version.getValue();
    return "%d.%d.%d".formatted(number / 10_000, number / 100 % 100, number % 100);
  }

  /** What the first rank tells the others. */
  static byte[] identifier(Calls calls) throws Failed {
    var identifier = new Identifier();
    check(calls, calls.ncclGetUniqueId(identifier));
    return identifier.internal;
  }

  /** Joins, on the first GPU; returns when all ranks have. */
  static Nccl join(Calls calls, byte[] identifier, int rank, int size) throws Failed {
    var known = new Identifier.ByValue();
    known.internal = identifier.clone();
    var made = new PointerByReference();
    check(calls, calls.ncclCommInitRank(made, size, known, rank));
    return new Nccl(calls, made.getValue());
  }

  /** Begins to add up floats in place, after all that the GPU was given before. */
  void sumFloats(long address, long count) throws Failed {
    var values = new Pointer(address);
    check(
        calls,
        calls.ncclAllReduce(values, values, count, FLOAT32, SUM, communicator, DEFAULT_STREAM));
  }

  /** Ends with what went wrong since the last call, if anything did. */
  void check() throws Failed {
    var error = new IntByReference();
    check(calls, calls.ncclCommGetAsyncError(communicator, error));
    check(calls, error.getValue());
  }

  /** Gives up what was begun. */
  void abort() {
    calls.ncclCommAbort(communicator);
  }

  void leave() {
    calls.ncclCommDestroy(communicator);
  }

  private static void check(Calls calls, int code) throws Failed {
    if (code != SUCCESS && code != IN_PROGRESS) {
      throw new Failed(
          "NCCL: %s; %s"
              .formatted(
                  calls.ncclGetErrorString(code),
                  String.valueOf(calls.ncclGetLastError(ANY)).strip()));
    }
  }
}
