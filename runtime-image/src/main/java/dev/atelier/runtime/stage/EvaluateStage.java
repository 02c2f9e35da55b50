package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.NamedMetrics;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.sample.PicturePlan;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.sample.ProvenancePng;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.EvaluateInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Draws the evaluation prompts with the model that this run trained and some of them with the base
 * model, measures both, decides the gate, and publishes the model with gallery and report. A model
 * that the gate refuses is not published; its pictures can be looked at.
 */
public final class EvaluateStage implements StageWork {

  /** Pictures of each prompt that the base model draws: enough to compare, and half the time. */
  private static final int BASELINE_PER_PROMPT = 2;

  private static final String INTAKE = "intake";

  private final StageContext context;
  private final EvaluateInput input;
  private final PictureModels models;
  private final SamplerInput sampler;
  private final PromptReview review;

  EvaluateStage(StageContext context, EvaluateInput input, PictureModels models) {
    this.context = context;
    this.input = input;
    this.models = models;
    this.sampler = Prompts.sampler(input.prompts(), input.sampler());
    this.review = PromptReview.of(context, input.perception());
  }

  @Override
  public TerminationMessage run() throws IOException {
    var prompts = Prompts.of(input.prompts(), context.settings()::resolve);
    review.admit(Prompts.filled(prompts, input.subject().phrase()));
    var trained = context.folder().required("train");
    var intake = context.folder().required(INTAKE);
    var base = BaseModel.open(input.model(), context.stores());
    var names = Measured.names(names(), input.gate());
    try (var judges = Judges.open(context, input.perception(), names)) {
      var photos = TrainingPhotos.of(context.store(), intake.manifest(), judges);
      var findings = findings(prompts, base, trained, photos, judges);
      return new EvaluatePublication(context, input, trained, intake).publish(findings);
    } catch (StageFailure.GateFailed e) {
      deletePhotos();
      throw e;
    }
  }

  /** Photos that are not to be kept go once the result is there, whichever attempt published it. */
  @Override
  public TerminationMessage conclude(TerminationMessage published) {
    deletePhotos();
    return published;
  }

  private void deletePhotos() {
    if (input.deletePhotos()) {
      context.store().delete(context.file().prefix() + "/" + INTAKE);
    }
  }

  private Findings findings(
      List<Prompt> prompts,
      BaseModel base,
      StageFolder.Published trained,
      TrainingPhotos photos,
      Judges judges)
      throws IOException {
    var judge = judges.of(photos);
    var drawing = new Drawing(context, judges, Optional.of(judge));
    var tuned = Optional.of(TunedFiles.of(context.store(), trained));
    var provenance =
        Provenance.of(context)
            .with(base)
            .with(sampler)
            .with(review)
            .with("perception", judge.protocol());
    var plain = provenance.ofPictures();
    provenance
        .with(Provenance.TUNED, trained.sha256())
        .withMissing(trained.manifest().provenance());
    var pictures =
        drawn(drawing, "drawing pictures", base, tuned, provenance.ofPictures(), plan(prompts));
    var baseline =
        drawn(
            drawing,
            "drawing with the base model",
            base,
            Optional.empty(),
            plain,
            baseline(prompts));
    return new Findings(
        prompts,
        pictures,
        baseline,
        input.subject().className(),
        input.deletePhotos() ? photos.unseen() : photos,
        judges.measured(pictures, baseline, photos, input.gate()),
        CurveFile.read(context.store(), trained.manifest()),
        provenance);
  }

  /** What ships, what the configured feature models can tell of so few pictures, what is asked. */
  private List<String> names() {
    var names = new ArrayList<>(NamedMetrics.SHIPPED);
    if (input.perception().clip() != null) {
      names.addAll(List.of("ClipText", "ClipImage"));
    }
    if (input.perception().dino() != null) {
      names.add("DinoImage");
    }
    names.addAll(input.metrics());
    return names;
  }

  private List<DrawnPicture> drawn(
      Drawing drawing,
      String activity,
      BaseModel base,
      Optional<TunedFiles> tuned,
      Map<String, String> provenance,
      List<PlannedPicture> planned) {
    try (var model = models.open(base, tuned, PictureRequest.of(sampler))) {
      return drawing.draw(
          activity,
          model,
          new ProvenancePng(sampler, OptionalDouble.empty(), provenance),
          tuned.isPresent() ? "pictures" : "baseline",
          planned);
    }
  }

  private List<PlannedPicture> plan(List<Prompt> prompts) {
    return new PicturePlan(
            prompts, input.subject().phrase(), input.imagesPerPrompt(), sampler.seed())
        .all();
  }

  /** The base model does not know the token: it is asked for anybody of the class. */
  private List<PlannedPicture> baseline(List<Prompt> prompts) {
    return new PicturePlan(
            prompts,
            input.subject().className(),
            Math.min(BASELINE_PER_PROMPT, input.imagesPerPrompt()),
            sampler.seed())
        .all();
  }
}
