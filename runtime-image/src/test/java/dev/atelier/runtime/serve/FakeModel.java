package dev.atelier.runtime.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.sample.FinishedClip;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** A model whose clips are texts. It does in each step what a test has to see done meanwhile. */
final class FakeModel implements ServedModel {

  static final Terms TERMS = new Terms(64, 48, 9, 8, 4, 5, false, 1);

  /** What it is asked for to see what comes of clips that are not delivered. */
  static final String BLOCKED = "something blocked";

  static final String BROKEN = "something broken";

  /** What spoils the GPU for whatever is drawn afterwards. */
  static final String POISON = "something poisonous";

  private final ArtifactStore store;
  private final ProgressReporter progress;
  private final List<String> drawn = new ArrayList<>();
  private volatile Optional<StopRequest> stopping = Optional.empty();
  private IntConsumer stepping = step -> {};

  FakeModel(ArtifactStore store, ProgressReporter progress) {
    this.store = store;
    this.progress = progress;
  }

  /** Prompts of what was drawn to its end. */
  List<String> drawn() {
    return drawn;
  }

  /** Whether what is drawn now was asked to stop. */
  boolean stopping() {
    return stopping.filter(StopRequest::requested).isPresent();
  }

  /** Done before each step, counted from 1. */
  void atEachStep(IntConsumer work) {
    stepping = work;
  }

  @Override
  public String name() {
    return "purple";
  }

  @Override
  public Terms terms() {
    return TERMS;
  }

  @Override
  public void admit(Order order, Optional<byte[]> firstFrame) {
    if (order.width() > 1024) {
      throw RequestProblem.of("size", "the clip needs 90 GiB at its peak");
    }
  }

  @Override
  public List<FinishedClip> draw(
      Accepted accepted, Optional<byte[]> firstFrame, String shelf, StopRequest stop) {
    var order = accepted.order();
    stopping = Optional.of(stop);
    progress.begin("drawing clips", order.steps() * order.count(), 0);
    for (int step = 1; step <= order.steps() * order.count(); step++) {
      stepping.accept(step);
      if (stop.requested()) {
        throw new StageFailure.Checkpointed("stopped (%s)".formatted(stop.reason()));
      }
      progress.step(step, List.of());
    }
    if (order.prompt().equals(BROKEN)) {
      throw new IllegalStateException("shapes do not fit");
    }
    if (order.prompt().equals(POISON)) {
      throw new IllegalStateException(
          "the step failed",
          new IllegalStateException("CUDA error: an illegal memory access was encountered"));
    }
    drawn.add(order.prompt());
    return IntStream.range(0, order.count())
        .mapToObj(n -> clip(order, firstFrame, shelf, n))
        .toList();
  }

  private FinishedClip clip(Order order, Optional<byte[]> firstFrame, String shelf, int n) {
    var planned = new PlannedPicture("clip", n, order.prompt(), order.negative(), order.seed() + n);
    if (order.prompt().equals(BLOCKED)) {
      var judged = new PictureVerdict(OutputCheck.Verdict.BLOCK, 0.9, "fake", "nudity score 0.90");
      return new FinishedClip(planned, Verdict.Blocked, Optional.of(judged), List.of());
    }
    var begun = firstFrame.map(picture -> ", begun with " + new String(picture, UTF_8)).orElse("");
    return new FinishedClip(
        planned,
        Verdict.Written,
        Optional.empty(),
        List.of(
            file(shelf, planned, ".mp4", "video of %s%s".formatted(planned.text(), begun)),
            file(shelf, planned, ".png", "picture %d".formatted(planned.seed()))));
  }

  private Manifest.StoredFile file(
      String shelf, PlannedPicture planned, String ending, String content) {
    var key = shelf + "/" + planned.name() + ending;
    store.put(key, content.getBytes(UTF_8));
    return new Manifest.StoredFile(planned.name() + ending, key, "text/plain", 1, "");
  }
}
