package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.RealClips;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.sample.PicturePlan;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SampleVideoInput;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Draws a GenerationJob's clips, or this pod's share of them, with a published video model or with
 * the base model; measures what was asked for.
 */
final class SampleVideoStage implements StageWork {

  /** Whom the packs' prompts show: a video model knows no person. */
  static final String SUBJECT = "person";

  private static final RealClips NO_REAL_CLIPS =
      RealClips.none(
          "a GenerationJob has no real clips to compare with; a VideoGenerator's evaluation has");

  private final StageContext context;
  private final SampleVideoInput input;
  private final VideoModels models;
  private final int shard;
  private final PromptReview review;

  SampleVideoStage(StageContext context, SampleVideoInput input, VideoModels models) {
    this.context = context;
    this.input = input;
    this.models = models;
    this.shard = context.settings().completionIndex().orElse(0);
    this.review = PromptReview.of(context, input.perception());
  }

  @Override
  public TerminationMessage run() throws IOException {
    var prompts = Prompts.of(input.prompts(), context.settings()::resolve);
    review.admit(prompts);
    var base = BaseModel.open(input.model(), context.stores());
    var tuned =
        Optional.ofNullable(input.tuned())
            .map(model -> PublishedModel.open(model, context.stores()));
    var request = ClipRequest.of(input.sampler(), input.clip(), context.stores());
    var names = Measured.names(input.metrics(), input.gate());
    try (var judges = ClipJudges.open(context, input.perception(), names, input.clip().frames())) {
      var studio = new ClipStudio(context, models, judges, request);
      return publish(findings(prompts, base, tuned, studio));
    }
  }

  private ClipFindings findings(
      List<Prompt> prompts, BaseModel base, Optional<PublishedModel> tuned, ClipStudio studio) {
    var provenance = Provenance.of(context).with(base).with(review);
    tuned.ifPresent(found -> found.into(provenance));
    var plan = new PicturePlan(prompts, SUBJECT, input.samplesPerPrompt(), input.sampler().seed());
    var drawn =
        studio.draw(
            "drawing",
            base,
            tuned.map(PublishedModel::files),
            provenance,
            "clips",
            plan.shard(shard, input.shards()));
    var measured =
        Measured.ofClips(
            studio.judges().names(),
            studio.metrics(drawn, NO_REAL_CLIPS),
            Optional.empty(),
            input.gate());
    return new ClipFindings(
        prompts, drawn.clips(), List.of(), measured, drawn.delivery(), drawn.provenance());
  }

  private TerminationMessage publish(ClipFindings findings) {
    Pages.requireSome(findings.samples(), "clip");
    var artifacts =
        ClipPages.store(
            context.folder(),
            findings.gallery(context, "Clips"),
            "report",
            shard == 0 ? "" : "-" + shard);
    var measured = findings.measured();
    var words =
        measured
            .words(Pages.counted(findings.samples(), "clips"), Pages.REMEDY)
            .evaluation(
                new TerminationMessage.Evaluation(
                    0, measured.values(), measured.decision().title()))
            .samples(findings.samples())
            .artifacts(artifacts)
            .say();
    if (!measured.findings().isEmpty()) {
      throw new StageFailure.GateFailed(words);
    }
    return context.folder().publish(findings.provenance().entries(), words);
  }
}
