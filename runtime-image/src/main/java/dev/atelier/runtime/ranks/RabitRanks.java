package dev.atelier.runtime.ranks;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ranks on a network, through XGBoost's collectives. Numbers are added in a ring over the memory of
 * the host, also those of a GPU, in an order that depends on their place and the number of ranks
 * alone: the same ranks always come to the same bits, and two of them to those of plain addition.
 */
public final class RabitRanks implements Ranks {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** The others have nothing left to do but to say that they leave. */
  private static final long LEAVING_SECONDS = 30;

  private final Rendezvous at;
  private final OptionalLong tracker;
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  RabitRanks(Rendezvous at, OptionalLong tracker) {
    this.at = at;
    this.tracker = tracker;
  }

  @Override
  public int rank() {
    return at.rank();
  }

  @Override
  public int size() {
    return at.size();
  }

  @Override
  public void sum(List<Tensor> tensors) {
    Bucket.of(tensors).forEach(this::sumTogether);
  }

  @Override
  public double[] sum(double... values) {
    var buffer = memory((long) values.length * Double.BYTES).asDoubleBuffer();
    buffer.put(0, values);
    try {
      Rabit.sumDoubles(memory, values.length);
    } catch (Rabit.Failed e) {
      throw lost(e);
    }
    var sums = new double[values.length];
    buffer.get(0, sums);
    return sums;
  }

  /** What is done is done: a rank that is gone by now is no failure. */
  @Override
  public void leave() {
    try {
      Rabit.leave();
      if (tracker.isPresent()) {
        Rabit.endTracking(tracker.getAsLong(), LEAVING_SECONDS);
      }
    } catch (Rabit.Failed e) {
      LOG.info("Train: rank {} left without a word to the others: {}", rank(), e.getMessage());
    }
  }

  private void sumTogether(Bucket bucket) {
    try (Scope scope = Scope.open()) {
      Tensor flat = bucket.flat();
      float[] values = flat.toFloats();
      var buffer = memory((long) values.length * Float.BYTES).asFloatBuffer();
      buffer.put(0, values);
      Rabit.sumFloats(memory, values.length);
      buffer.get(0, values);
      bucket.fill(flat.torch().tensor(values, values.length));
    } catch (Rabit.Failed e) {
      throw lost(e);
    }
  }

  private ByteBuffer memory(long bytes) {
    if (memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }
    return memory;
  }

  /** What a rank says that can no longer add up with the others. */
  StageFailure lost(Exception e) {
    return new StageFailure.PeerLost(
        "rank %d of %d lost another rank, see how its pod ended; all go on from the newest checkpoint (%s)"
            .formatted(rank(), size(), lastLine(e)),
        e);
  }

  /** The library's message is a trace; the cause is its last line. */
  static String lastLine(Exception e) {
    var lines = String.valueOf(e.getMessage()).strip().lines().toList();
    return lines.isEmpty() ? "no reason given" : lines.get(lines.size() - 1).strip();
  }
}
