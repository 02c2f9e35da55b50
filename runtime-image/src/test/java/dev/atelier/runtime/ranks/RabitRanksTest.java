package dev.atelier.runtime.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranks of this process, each a thread, that add up over the loopback. */
@Timeout(120)
class RabitRanksTest {

  @Test
  void sumsAreTheSameOnAllRanksAndInAllTheirCalls() throws Exception {
    var sums =
        together(
            3,
            ranks ->
                List.of(
                    ranks.sum(1, ranks.rank(), 1e9)[1],
                    ranks.sum(0.25)[0],
                    ranks.ofFirst(10 + ranks.rank()),
                    ranks.any(ranks.rank() == 2) ? 1.0 : 0.0,
                    ranks.decides(ranks.rank() == 2) ? 1.0 : 0.0));

    assertThat(sums).containsOnly(List.of(3.0, 0.75, 10.0, 1.0, 0.0)).hasSize(3);
  }

  @Test
  void tensorsAreAddedInPlaceHoweverManyTravelTogether() throws Exception {
    long[][] shapes = {{2, 3}, {1}, {1_500, 2_000}, {5_000_000}, {7, 1, 2}, {}};

    var sums =
        together(
            2,
            ranks -> {
              try (var torch = Torch.start(1);
                  var scope = Scope.open()) {
                var own = randoms(torch, ranks.rank(), shapes);
                ranks.sum(own);
                return own.stream().map(Tensor::toFloats).toList();
              }
            });

    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      var one = randoms(torch, 0, shapes);
      var other = randoms(torch, 1, shapes);
      for (int i = 0; i < shapes.length; i++) {
        var expected = one.get(i).add(other.get(i)).toFloats();
        assertThat(sums.get(0).get(i)).as("shape %d", i).isEqualTo(expected);
        assertThat(sums.get(1).get(i)).as("shape %d", i).isEqualTo(expected);
      }
    }
  }

  @Test
  void howeverTheyArriveTheyAddUpInTheSameOrder() throws Exception {
    var first = together(3, RabitRanksTest::mixed);

    for (int again = 0; again < 3; again++) {
      assertThat(together(3, RabitRanksTest::mixed)).isEqualTo(first);
    }
  }

  /** As in an image without CUDA. */
  @Test
  void whereOneRankHasNoNcclAllGoOnOverTheNetwork() throws Exception {
    assumeTrue(Nccl.library().isEmpty(), "NCCL is here");

    var joined = together(2, ranks -> NcclRanks.over((RabitRanks) ranks));

    assertThat(joined).hasSize(2).hasOnlyElementsOfType(RabitRanks.class);
  }

  /** Numbers large and small, whose sum depends on the order. */
  private static List<Double> mixed(Ranks ranks) {
    var values =
        new Random(ranks.rank()).doubles(1_000).map(one -> Math.pow(10, 20 * one - 10)).toArray();
    return Arrays.stream(ranks.sum(values)).boxed().toList();
  }

  @Test
  void whoeverWaitsForTheFirstRankCanBeStopped() throws IOException {
    var stop = new StopRequest();
    stop.stop("SIGTERM");
    var meeting = meeting(freePort(), 2, 1, Clock.systemUTC(), stop);

    assertThatThrownBy(meeting::join)
        .isInstanceOf(StageFailure.Checkpointed.class)
        .hasMessageContaining("SIGTERM");
  }

  @Test
  void nobodyWaitsForEverForTheFirstRank() throws IOException {
    var minutes = new AtomicLong();
    InstantSource hasty =
        () -> Instant.EPOCH.plus(Duration.ofMinutes(20 * minutes.getAndIncrement()));
    int port = freePort();
    var meeting = meeting(port, 2, 1, hasty.withZone(ZoneOffset.UTC), new StopRequest());

    assertThatThrownBy(meeting::join)
        .isInstanceOf(StageFailure.PeerLost.class)
        .hasMessageContaining(
            "rank 1 of 2 waited 30 minutes for rank 0 to listen at 127.0.0.1:%d".formatted(port))
        .hasMessageContaining("Connection refused");
  }

  private static <T> List<T> together(int size, Function<Ranks, T> work) throws Exception {
    int port = freePort();
    var threads = Executors.newFixedThreadPool(size);
    try {
      var pending = new ArrayList<Callable<T>>();
      for (int rank = 0; rank < size; rank++) {
        var meeting = meeting(port, size, rank, Clock.systemUTC(), new StopRequest());
        pending.add(
            () -> {
              var ranks = meeting.join();
              var result = work.apply(ranks);
              ranks.leave();
              return result;
            });
      }
      var results = new ArrayList<T>();
      for (Future<T> one : threads.invokeAll(pending)) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private static Meeting meeting(int port, int size, int rank, Clock clock, StopRequest stop) {
    return new Meeting(new Rendezvous("127.0.0.1", port, size, rank), "127.0.0.1", clock, stop);
  }

  private static List<Tensor> randoms(Torch torch, int seed, long[][] shapes) {
    var tensors = new ArrayList<Tensor>();
    try (var generator = torch.generator(seed)) {
      for (var shape : shapes) {
        tensors.add(generator.randn(shape));
      }
    }
    return tensors;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
