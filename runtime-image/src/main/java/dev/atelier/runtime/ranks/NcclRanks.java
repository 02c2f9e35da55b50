package dev.atelier.runtime.ranks;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.Address;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ranks with a GPU each: tensors are added up by NCCL where they lie, numbers and everything else
 * over the network as before. That is also how the loss of a rank is mostly noticed, before a sum
 * is begun that it would have no part in.
 */
public final class NcclRanks implements Ranks {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** A sum takes as long as its bytes, since all ranks are there when it begins. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Enough to say what happened; then the process ends, whatever its GPU still waits for. */
  private static final int LEAVING_SECONDS = 15;

  private static final long LOOK_NANOS = 50_000;

  /** Values whose address the engine gives: it counts bytes in 31 bits. */
  private static final long AT_ONCE = 1 << 28;

  private final RabitRanks network;
  private final Nccl nccl;

  private NcclRanks(RabitRanks network, Nccl nccl) {
    this.network = network;
    this.nccl = nccl;
  }

  /**
   * Ranks that met on the network, adding up on their GPUs; as they are where one of them has no
   * NCCL.
   *
   * @throws StageFailure.PeerLost if one of them is lost meanwhile
   * @throws StageFailure.NotSupported if NCCL refuses these GPUs
   */
  public static Ranks over(RabitRanks network) {
    var library = Nccl.library();
    if (network.any(library.isEmpty())) {
      LOG.warn(
          "Train: no libnccl.so.2 on at least one of {} nodes: gradients go through the memory of the host, slow for large models; the CUDA image has it",
          network.size());
      return network;
    }
    return joined(network, library.get());
  }

  private static Ranks joined(RabitRanks network, Nccl.Calls library) {
    try {
      var nccl = Nccl.join(library, identifier(network, library), network.rank(), network.size());
      LOG.info(
          "Train: rank {} of {} adds up on its GPU through NCCL {}",
          network.rank(),
          network.size(),
          Nccl.version(library));
      return new NcclRanks(network, nccl);
    } catch (Nccl.Failed e) {
      throw new StageFailure.NotSupported(
          "rank %d of %d: its GPU cannot add up with those of the others (%s); what NCCL wrote above tells more"
              .formatted(network.rank(), network.size(), e.getMessage()));
    }
  }

  /** The first rank's, which the others learn over the network. */
  private static byte[] identifier(RabitRanks network, Nccl.Calls library) throws Nccl.Failed {
    var own = network.first() ? Nccl.identifier(library) : new byte[Nccl.IDENTIFIER_BYTES];
    var numbers = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      numbers[i] = own[i];
    }
    var sums = network.sum(numbers);
    var known = new byte[own.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = (byte) sums[i];
    }
    return known;
  }

  @Override
  public int rank() {
    return network.rank();
  }

  @Override
  public int size() {
    return network.size();
  }

  @Override
  public void sum(List<Tensor> tensors) {
    meet();
    try (Scope scope = Scope.open()) {
      for (Bucket bucket : Bucket.of(tensors)) {
        Tensor flat = bucket.flat();
        begin(flat);
        bucket.fill(flat);
      }
      await(tensors.get(0).torch());
    } catch (Nccl.Failed e) {
      Deadline.in(LEAVING_SECONDS);
      nccl.abort();
      throw network.lost(e);
    }
  }

  @Override
  public double[] sum(double... values) {
    try {
      return network.sum(values);
    } catch (StageFailure.PeerLost e) {
      Deadline.in(LEAVING_SECONDS);
      throw e;
    }
  }

  @Override
  public void leave() {
    nccl.leave();
    network.leave();
  }

  private void begin(Tensor flat) throws Nccl.Failed {
    for (long at = 0; at < flat.count(); at += AT_ONCE) {
      long count = Math.min(AT_ONCE, flat.count() - at);
      nccl.sumFloats(Address.of(flat.narrow(0, at, count)), count);
    }
  }

  /** A sum without the others never ends, so look now and then whether one is gone. */
  private void await(Torch torch) throws Nccl.Failed {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!torch.isIdle()) {
      nccl.check();
      if (System.nanoTime() - until > 0) {
        throw new Nccl.Failed("NCCL: no sum within %d minutes".formatted(PATIENCE.toMinutes()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
