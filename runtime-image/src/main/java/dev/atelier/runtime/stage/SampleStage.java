package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.runtime.sample.PicturePlan;
import dev.atelier.runtime.sample.ProvenancePng;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Draws a GenerationJob's pictures, or this pod's share of them, with a published model or with the
 * base model; measures what was asked for.
 */
public final class SampleStage implements StageWork {

  private final StageContext context;
  private final SampleInput input;
  private final PictureModels models;
  private final SamplerInput sampler;
  private final int shard;
  private final PromptReview review;

  SampleStage(StageContext context, SampleInput input, PictureModels models) {
    this.context = context;
    this.input = input;
    this.models = models;
    this.sampler = Prompts.sampler(input.prompts(), input.sampler());
    this.shard = context.settings().completionIndex().orElse(0);
    this.review = PromptReview.of(context, input.perception());
  }

  @Override
  public TerminationMessage run() throws IOException {
    var prompts = Prompts.of(input.prompts(), context.settings()::resolve);
    review.admit(Prompts.filled(prompts, subject()));
    var base = BaseModel.open(input.model(), context.stores());
    var tuned =
        Optional.ofNullable(input.tuned())
            .map(model -> PublishedModel.open(model, context.stores()));
    var names = Measured.names(input.metrics(), input.gate());
    try (var judges = Judges.open(context, input.perception(), names)) {
      return run(prompts, base, tuned, judges);
    }
  }

  private TerminationMessage run(
      List<Prompt> prompts, BaseModel base, Optional<PublishedModel> tuned, Judges judges)
      throws IOException {
    var request = PictureRequest.of(input, sampler, context.stores());
    checkBeginnings(request, prompts, judges);
    var photos = photos(tuned, judges);
    var provenance = provenance(base, tuned);
    request.described().ifPresent(how -> provenance.with(Provenance.DRAWN, how));
    var drawn = drawn(prompts, base, tuned, request, judges, photos, provenance);
    var measured = judges.measured(drawn, List.of(), photos, input.gate());
    return publish(prompts, drawn, measured, photos, provenance);
  }

  /** Every picture that is begun with is read and judged before anything is drawn. */
  private void checkBeginnings(PictureRequest request, List<Prompt> prompts, Judges judges) {
    if (request.beginning().isEmpty()) {
      return;
    }
    var given = request.beginning().get().pictures();
    for (var prompt : given.isOne() ? prompts.subList(0, 1) : prompts) {
      var name = Prompts.fileName(prompt);
      var verdict = judges.check().judge(given.of(name, sampler.width(), sampler.height()));
      if (verdict.verdict() == OutputCheck.Verdict.BLOCK) {
        throw new StageFailure.BadInput(
            "imageToImage: the picture for the prompt '%s' is refused: %s; begin with another one"
                .formatted(prompt.name(), verdict.reason()));
      }
    }
  }

  private List<DrawnPicture> drawn(
      List<Prompt> prompts,
      BaseModel base,
      Optional<PublishedModel> tuned,
      PictureRequest request,
      Judges judges,
      TrainingPhotos photos,
      Provenance provenance) {
    var plan = new PicturePlan(prompts, subject(), input.samplesPerPrompt(), sampler.seed());
    boolean measures = !judges.names().isEmpty();
    var drawing =
        new Drawing(context, judges, measures ? Optional.of(judges.of(photos)) : Optional.empty());
    var files = tuned.map(PublishedModel::files);
    try (var model = models.open(base, files, request)) {
      return drawing.draw(
          "drawing pictures",
          model,
          new ProvenancePng(sampler, request.strength(), provenance.ofPictures()),
          "pictures",
          plan.shard(shard, input.shards()));
    }
  }

  private TerminationMessage publish(
      List<Prompt> prompts,
      List<DrawnPicture> drawn,
      Measured measured,
      TrainingPhotos photos,
      Provenance provenance) {
    var samples = Pages.counts(drawn);
    Pages.requireSome(samples, "picture");
    var gallery =
        new Findings(prompts, drawn, List.of(), "", photos, measured, Optional.empty(), provenance)
            .gallery(context, "Pictures");
    var artifacts = Pages.store(context.folder(), gallery, shard == 0 ? "" : "-" + shard);
    var words = words(samples, measured, artifacts);
    if (!measured.findings().isEmpty()) {
      throw new StageFailure.GateFailed(words);
    }
    return context.folder().publish(provenance.entries(), words);
  }

  private TrainingPhotos photos(Optional<PublishedModel> tuned, Judges judges) throws IOException {
    return tuned.isEmpty() || judges.names().isEmpty()
        ? TrainingPhotos.none(judges)
        : TrainingPhotos.of(tuned.get().store(), tuned.get().published().manifest(), judges)
            .usedOnly();
  }

  private Provenance provenance(BaseModel base, Optional<PublishedModel> tuned) {
    var provenance = Provenance.of(context).with(base).with(sampler).with(review);
    tuned.ifPresent(found -> found.into(provenance));
    return provenance;
  }

  /** The base model knows the class noun alone. */
  private String subject() {
    return input.tuned() == null ? input.subject().className() : input.subject().phrase();
  }

  private TerminationMessage words(
      TerminationMessage.Samples samples,
      Measured measured,
      List<TerminationMessage.Artifact> artifacts) {
    return measured
        .words(Pages.counted(samples, "pictures"), Pages.REMEDY)
        .evaluation(
            new TerminationMessage.Evaluation(0, measured.values(), measured.decision().title()))
        .samples(samples)
        .artifacts(artifacts)
        .say();
  }
}
