package dev.atelier.runtime.ranks;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.Pause;
import dev.atelier.runtime.report.StopRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How ranks come together. Their pods start when their nodes have room and the image, which may be
 * minutes apart, and the first one's name is not known before it has an address.
 *
 * @param at where
 * @param address that the first rank listens at
 * @param stop given up when it is asked for
 */
public record Meeting(Rendezvous at, String address, Clock clock, StopRequest stop) {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /**
   * What ranks wait for each other at most: until all are there, and while one measures, saves or
   * publishes. A process that ends is noticed at once, a node that vanishes after this.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CONNECT_MILLIS = 5_000;

  /**
   * Waits for all ranks.
   *
   * @throws StageFailure.PeerLost if they do not come together in time
   */
  public RabitRanks join() {
    LOG.info("Train: rank {} of {}, meeting at {}:{}", at.rank(), at.size(), at.host(), at.port());
    try {
      Rabit.quiet();
      var tracker =
          at.first()
              ? OptionalLong.of(Rabit.track(address, at, PATIENCE.toSeconds()))
              : OptionalLong.empty();
      Rabit.join(at, found(), PATIENCE.toSeconds());
      return new RabitRanks(at, tracker);
    } catch (Rabit.Failed e) {
      throw new StageFailure.PeerLost(
          "rank %d of %d did not find the others at %s:%d, see whether each has a pod that runs (%s)"
              .formatted(at.rank(), at.size(), at.host(), at.port(), RabitRanks.lastLine(e)),
          e);
    }
  }

  /** The first rank's address, once it listens. */
  private String found() {
    var deadline = clock.instant().plus(PATIENCE);
    while (true) {
      stop.check();
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(at.host(), at.port()), CONNECT_MILLIS);
        return socket.getInetAddress().getHostAddress();
      } catch (IOException e) {
        if (clock.instant().isAfter(deadline)) {
          throw new StageFailure.PeerLost(
              "rank %d of %d waited %d minutes for rank 0 to listen at %s:%d (%s); see whether its pod runs, and whether a NetworkPolicy is in the way"
                  .formatted(at.rank(), at.size(), PATIENCE.toMinutes(), at.host(), at.port(), e),
              e);
        }
      }
      Pause.waiting().of(PAUSE);
    }
  }
}
