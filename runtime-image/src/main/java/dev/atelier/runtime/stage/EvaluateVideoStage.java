package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.ClipSetMetrics;
import dev.atelier.runtime.evaluate.RealClips;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.sample.PicturePlan;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Draws the evaluation prompts as clips with the model that this run trained, and with the base
 * model beside it; or with the base model alone where nothing was trained. Measures, decides the
 * gate, publishes. A model that the gate refuses is not published; its clips can be looked at.
 */
final class EvaluateVideoStage implements StageWork {

  private final StageContext context;
  private final EvaluateVideoInput input;
  private final VideoModels models;
  private final PromptReview review;

  EvaluateVideoStage(StageContext context, EvaluateVideoInput input, VideoModels models) {
    this.context = context;
    this.input = input;
    this.models = models;
    this.review = PromptReview.of(context, input.perception());
  }

  @Override
  public TerminationMessage run() throws IOException {
    var prompts = prompts();
    review.admit(prompts);
    Optional<StageFolder.Published> trained =
        input.training() == null
            ? Optional.empty()
            : Optional.of(context.folder().required("train"));
    var base = BaseModel.open(input.model(), context.stores());
    var request = ClipRequest.of(input.sampler(), input.clip(), context.stores());
    try (var judges =
        ClipJudges.open(
            context,
            input.perception(),
            Measured.names(names(), input.gate()),
            input.clip().frames())) {
      var studio = new ClipStudio(context, models, judges, request);
      return publish(findings(prompts, base, trained, studio), trained);
    }
  }

  /** A model may be published untried. */
  private List<Prompt> prompts() {
    return input.prompts().prompts().isEmpty()
        ? List.of()
        : Prompts.of(input.prompts(), context.settings()::resolve);
  }

  /** What needs no model, what the configured feature models can tell, and what is asked for. */
  private List<String> names() {
    var perception = input.perception();
    var names = new ArrayList<>(ClipSetMetrics.SHIPPED);
    if (perception.clip() != null) {
      names.add("ClipText");
    }
    if (perception.clip() != null || perception.dino() != null) {
      names.add("TemporalConsistency");
    }
    boolean comparable = context.folder().read(Stage.PREPARE_VIDEO.slug()).isPresent();
    if (perception.inception() != null) {
      names.add("InceptionScore");
      if (comparable) {
        names.addAll(List.of("FrechetInception", "KernelInception"));
      }
    }
    if (perception.video() != null && comparable) {
      names.add("FrechetVideo");
    }
    names.addAll(input.metrics());
    return names;
  }

  private ClipFindings findings(
      List<Prompt> prompts,
      BaseModel base,
      Optional<StageFolder.Published> trained,
      ClipStudio studio)
      throws IOException {
    var planned =
        new PicturePlan(prompts, SampleVideoStage.SUBJECT, 1, input.sampler().seed()).all();
    var own = own(planned, base, trained, studio);
    Optional<ClipStudio.Drawn> baseline =
        trained.isEmpty() || planned.isEmpty()
            ? Optional.empty()
            : Optional.of(
                studio.draw(
                    "drawing the base model's",
                    base,
                    Optional.empty(),
                    Provenance.of(context).with(base),
                    "baseline",
                    planned));
    var real = real(base, studio, own.readings().size());
    var measured =
        Measured.ofClips(
            studio.judges().names(),
            studio.metrics(own, real),
            baseline.map(drawn -> studio.metrics(drawn, real)),
            input.gate());
    return new ClipFindings(
        prompts,
        own.clips(),
        baseline.map(ClipStudio.Drawn::clips).orElse(List.of()),
        measured,
        own.delivery(),
        own.provenance());
  }

  /** What drawn clips are compared with, where some metric asks for it. */
  private RealClips real(BaseModel base, ClipStudio studio, int drawn) throws IOException {
    var comparing =
        studio
            .judges()
            .features()
            .models()
            .filter(any -> any.inception().isPresent() || any.video().isPresent());
    if (drawn == 0
        || comparing.isEmpty()
        || Collections.disjoint(studio.judges().names(), ClipSetMetrics.COMPARING)) {
      return RealClips.none("nothing is compared");
    }
    var footage = Footage.of(context, base, input.training(), input.clip());
    if (footage.isEmpty()) {
      return RealClips.none("there are no real clips to compare with: it needs spec.dataset");
    }
    try (var open = footage.get()) {
      return new ComparedClips(context, studio).read(open, drawn);
    }
  }

  private ClipStudio.Drawn own(
      List<PlannedPicture> planned,
      BaseModel base,
      Optional<StageFolder.Published> trained,
      ClipStudio studio) {
    var provenance = Provenance.of(context).with(base).with(review);
    trained.ifPresent(
        found ->
            provenance
                .with(Provenance.TUNED, found.sha256())
                .withMissing(found.manifest().provenance()));
    var tuned = trained.map(found -> TunedFiles.of(context.store(), found));
    if (planned.isEmpty()) {
      WanClipSettings.files(base, tuned); // what is published untried is a video model all the same
      return studio.nothing(provenance);
    }
    return studio.draw("drawing", base, tuned, provenance, "clips", planned);
  }

  private TerminationMessage publish(
      ClipFindings findings, Optional<StageFolder.Published> trained) {
    Pages.requireSome(findings.samples(), "clip");
    var artifacts =
        new ArrayList<>(
            ClipPages.store(
                context.folder(), findings.gallery(context, "Video model"), "evaluation", ""));
    var measured = findings.measured();
    if (!measured.findings().isEmpty()) {
      throw new StageFailure.GateFailed(words(findings, trained, artifacts));
    }
    trained.ifPresent(
        found -> {
          found.manifest().filesBelow(TunedFiles.FOLDER).forEach(context.folder()::adopt);
          artifacts.addAll(0, found.manifest().words().artifacts());
        });
    return context
        .folder()
        .publish(findings.provenance().entries(), words(findings, trained, artifacts));
  }

  private static TerminationMessage words(
      ClipFindings findings,
      Optional<StageFolder.Published> trained,
      List<TerminationMessage.Artifact> artifacts) {
    var measured = findings.measured();
    var samples = findings.samples();
    var counts =
        samples.requested() == 0
            ? "published without a trial: evaluation.prompts is empty"
            : Pages.counted(samples, "clips");
    return measured
        .words(
            measured.findings().isEmpty() ? counts : "the model is not published: " + counts,
            "Look at the gallery; then add clips, train longer or lower evaluation.gate, and raise spec.runNonce")
        .evaluation(
            new TerminationMessage.Evaluation(
                trained
                    .map(found -> found.manifest().words().evaluation())
                    .map(TerminationMessage.Evaluation::selectedStep)
                    .orElse(0),
                measured.values(),
                measured.decision().title()))
        .samples(samples)
        .artifacts(artifacts)
        .say();
  }
}
