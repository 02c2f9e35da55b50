package dev.atelier.runtime.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The protocol's pictures: the answer waits for them, in the same queue as videos and whichever
 * replica draws them.
 */
final class ImagesApi {

  /** More do not wait at once: each holds a connection. */
  static final int MOST_WAITING = 32;

  private final ServeContext context;
  private final Reception reception;
  private final RequestStore store;
  private final Bell bell;
  private final Semaphore places = new Semaphore(MOST_WAITING);

  ImagesApi(ServeContext context, Reception reception, RequestStore store, Bell bell) {
    this.context = context;
    this.reception = reception;
    this.store = store;
    this.bell = bell;
  }

  private record Picture(@JsonProperty("b64_json") String content) {}

  private record Pictures(long created, List<Picture> data) {}

  /** Asks for pictures and waits for them. */
  Answer generate(Call call) throws IOException {
    if (!places.tryAcquire()) {
      throw RequestProblem.tooMany(
          "%d requests for pictures wait already; ask again later".formatted(MOST_WAITING));
    }
    try {
      var accepted = reception.accept(Api.IMAGES, call, OrderForm::image);
      var outcome = awaited(accepted.id());
      var failure = outcome.failure();
      if (failure != null) {
        throw outcome.result() == Outcome.Result.Blocked
            ? RequestProblem.contentPolicy(failure.message())
            : RequestProblem.failed(failure.message());
      }
      return Answer.json(
          new Pictures(
              accepted.createdAt().getEpochSecond(),
              outcome.files().stream().map(files -> picture(files.poster())).toList()));
    } finally {
      places.release();
    }
  }

  private Outcome awaited(String id) {
    while (true) {
      long heard = bell.heard();
      Optional<Outcome> outcome = store.outcome(id);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (context.stop().requested()) {
        // Nobody could fetch it later.
        store.delete(id);
        throw RequestProblem.unavailable("this replica is stopping; ask again");
      }
      bell.await(heard, context.times().poll());
    }
  }

  private Picture picture(String key) {
    return new Picture(Base64.getEncoder().encodeToString(store.file(key)));
  }
}
