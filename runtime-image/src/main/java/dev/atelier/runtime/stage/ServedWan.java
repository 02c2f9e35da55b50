package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.sample.ClipRun;
import dev.atelier.runtime.sample.ClipShelf;
import dev.atelier.runtime.sample.FinishedClip;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.serve.Accepted;
import dev.atelier.runtime.serve.Order;
import dev.atelier.runtime.serve.RequestProblem;
import dev.atelier.runtime.serve.ServedModel;
import dev.atelier.runtime.serve.Terms;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.SamplerInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Wan model that draws what requests ask for, and judges it. */
final class ServedWan implements ServedModel {

  private static final String REFERENCE = "input_reference";

  private final StageContext context;
  private final LoadedWan model;
  private final ClipJudges judges;
  private final ClipRequest usual;
  private final Provenance provenance;
  private final boolean firstFrames;

  /**
   * @param usual what requests leave open
   * @param provenance of the model
   */
  ServedWan(
      StageContext context,
      LoadedWan model,
      ClipJudges judges,
      ClipRequest usual,
      Provenance provenance) {
    this.context = context;
    this.model = model;
    this.judges = judges;
    this.usual = usual;
    this.provenance = provenance;
    this.firstFrames = model.settings(usual).files().perToken();
  }

  @Override
  public String name() {
    return context.file().resource().name();
  }

  @Override
  public Terms terms() {
    var sampler = usual.sampler();
    return new Terms(
        usual.width(),
        usual.height(),
        usual.clip().frames(),
        usual.clip().framesPerSecond(),
        sampler.steps(),
        sampler.guidanceScale(),
        sampler.distilled() != null,
        usual.enlargement().factor());
  }

  @Override
  public void admit(Order order, Optional<byte[]> firstFrame) {
    try {
      var unused = model.settings(request(order, Optional.empty()));
    } catch (StageFailure.BadInput e) {
      throw RequestProblem.of("size", String.valueOf(e.getMessage()));
    }
    firstFrame.ifPresent(this::admit);
  }

  private void admit(byte[] picture) {
    if (!firstFrames) {
      throw RequestProblem.of(
          REFERENCE,
          "this model cannot begin with a given frame, only a Wan 2.2 TI2V model can; leave input_reference out");
    }
    try (var frame = GivenFrame.write(context.scratch(), picture)) {
      frame
          .refusal()
          .ifPresent(
              why -> {
                throw RequestProblem.of(REFERENCE, "input_reference: " + why);
              });
    }
  }

  @Override
  public List<FinishedClip> draw(
      Accepted accepted, Optional<byte[]> firstFrame, String shelf, StopRequest stop) {
    var order = accepted.order();
    if (firstFrame.isEmpty()) {
      return drawn(order, Optional.empty(), shelf, stop);
    }
    try (var frame = GivenFrame.write(context.scratch(), firstFrame.get())) {
      return drawn(order, Optional.of(frame.folder()), shelf, stop);
    }
  }

  private List<FinishedClip> drawn(
      Order order, Optional<Path> firstFrames, String shelf, StopRequest stop) {
    var request = request(order, firstFrames);
    var planned =
        IntStream.range(0, order.count())
            .mapToObj(
                n ->
                    new PlannedPicture(
                        "clip", n, order.prompt(), order.negative(), order.seed() + n))
            .toList();
    var finished = new ArrayList<FinishedClip>();
    try (var clips = model.clips(request, () -> {})) {
      var kept =
          new ClipShelf(
              context.store(),
              shelf,
              clips.digest(),
              request.provenance(clips, provenance.ofPictures()),
              context.scratch().resolve("clips"));
      new ClipRun(clips, kept, judges.check(), context.progress(), stop)
          .draw("drawing", planned, finished::add);
    }
    return finished;
  }

  private ClipRequest request(Order order, Optional<Path> firstFrames) {
    var given = usual.sampler();
    int factor = usual.enlargement().factor();
    return new ClipRequest(
        new SamplerInput(
            given.scheduler(),
            order.steps(),
            order.guidanceScale(),
            given.guidanceRescale(),
            given.clipSkip(),
            order.width() / factor,
            order.height() / factor,
            order.seed(),
            List.of(),
            given.distilled()),
        ClipInput.plain(order.frames(), order.framesPerSecond()),
        firstFrames,
        usual.enlargement());
  }
}
