package dev.atelier.runtime.ranks;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import ml.dmlc.xgboost4j.java.XGBoostJNI;

/**
 * The native calls of XGBoost's collectives, Rabit. A communicator belongs to the thread that
 * joined. XGBoost's own Java call to add up does not tell whether it failed, so this one goes to
 * the native method below it.
 */
final class Rabit {

  /** Ranks in the order of their task's name, so that sums are always taken in the same order. */
  private static final int BY_TASK = 1;

  private static final int FLOAT32 = 1;
  private static final int FLOAT64 = 2;
  private static final int SUM = 2;
  private static final MethodHandle ALLREDUCE = allreduce();

  private Rabit() {}

  /** A native call that failed; the message is the library's. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  /** Errors are told by the calls; what the library prints beside them is of no more use. */
  static void quiet() throws Failed {
    check(XGBoostJNI.XGBSetGlobalConfig("{\"verbosity\":0}"));
  }

  /** Listens for ranks; they learn from here where the others are. Gives a handle. */
  static long track(String address, Rendezvous at, long seconds) throws Failed {
    var handle = new long[1];
    check(XGBoostJNI.TrackerCreate(address, at.size(), at.port(), BY_TASK, seconds, handle));
    check(XGBoostJNI.TrackerRun(handle[0]));
    return handle[0];
  }

  /** Stops listening, when every rank has left or after so many seconds. */
  static void endTracking(long handle, long seconds) throws Failed {
    check(XGBoostJNI.TrackerWaitFor(handle, seconds));
    check(XGBoostJNI.TrackerFree(handle));
  }

  /**
   * Joins; returns when all ranks have.
   *
   * @param seconds that nothing may be heard from a rank at most, here and in every later call
   */
  static void join(Rendezvous at, String address, long seconds) throws Failed {
    check(
        XGBoostJNI.CommunicatorInit(
            "{\"dmlc_communicator\":\"rabit\",\"dmlc_tracker_uri\":\"%s\",\"dmlc_tracker_port\":%d,\"dmlc_task_id\":\"%06d\",\"dmlc_timeout\":%d}"
                .formatted(address, at.port(), at.rank(), seconds)));
  }

  static void leave() throws Failed {
    check(XGBoostJNI.CommunicatorFinalize());
  }

  /** Adds up the first floats of a direct buffer, in place. */
  static void sumFloats(ByteBuffer values, int count) throws Failed {
    sum(values, count, FLOAT32);
  }

  /** Adds up the first doubles of a direct buffer, in place. */
  static void sumDoubles(ByteBuffer values, int count) throws Failed {
    sum(values, count, FLOAT64);
  }

  private static void sum(ByteBuffer values, int count, int type) throws Failed {
    int code;
    try {
      code = (int) ALLREDUCE.invokeExact(values, count, type, SUM);
    } catch (Throwable e) {
      throw new IllegalStateException("XGBoost's native call failed", e);
    }
    check(code);
  }

  private static void check(int code) throws Failed {
    if (code != 0) {
      throw new Failed(XGBoostJNI.XGBGetLastError());
    }
  }

  private static MethodHandle allreduce() {
    try {
      return MethodHandles.privateLookupIn(XGBoostJNI.class, MethodHandles.lookup())
          .findStatic(
              XGBoostJNI.class,
              "CommunicatorAllreduce",
              methodType(int.class, ByteBuffer.class, int.class, int.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this XGBoost has no CommunicatorAllreduce", e);
    }
  }
}
