package dev.atelier.runtime.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.photo.Verdict;
import dev.atelier.runtime.sample.PictureSource;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.EvaluateInput;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A run that has been through intake and training, both without the real work: what is left to a
 * stage that draws. The tuned model draws other photos of the person, the base model a stranger.
 */
final class RunFixture {

  static final SamplerInput SAMPLER = new SamplerInput("DDIM", 25, 3, 64, 64, 7);
  static final List<Prompt> PROMPTS =
      List.of(
          new Prompt("suit", "photo of a {subject} wearing a navy suit in an office", ""),
          new Prompt("snow", "photo of a {subject} wearing a red hoodie in the snow", "blurry"));

  private static final List<String> LEARNED =
      List.of("IMG_2001.jpg", "IMG_2002.jpg", "IMG_2003.jpg");
  static final ModelInput MODEL =
      new ModelInput(
          "StableDiffusion", StoreLocation.directory("/models/tiny"), null, "Apache-2.0", "tiny");

  final Bench bench;
  final List<String> drawn = new ArrayList<>();

  RunFixture(Path root) {
    this.bench = new Bench(root);
    try {
      bench.write("models/tiny/model_index.json", "{}");
      intake();
      train();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  EvaluateInput evaluate(List<GateInput> gate, boolean deletePhotos) {
    return evaluate(PROMPTS.subList(0, 1), gate, deletePhotos);
  }

  EvaluateInput evaluate(List<Prompt> prompts, List<GateInput> gate, boolean deletePhotos) {
    return evaluate(prompts, List.of(), gate, Bench.DRAWINGS, deletePhotos);
  }

  /** An evaluation that is asked for more than the usual metrics. */
  EvaluateInput asked(List<String> metrics) {
    return evaluate(PROMPTS.subList(0, 1), metrics, List.of(), Bench.DRAWINGS, false);
  }

  /** An evaluation with a CLIP model that lies at a location. */
  EvaluateInput withClip(StoreLocation clip) {
    var perception =
        new PerceptionInput(
            Bench.DRAWINGS.faceDetector(),
            Bench.DRAWINGS.faceEmbedding(),
            Bench.DRAWINGS.nudity(),
            clip,
            null,
            null,
            null,
            null);
    return evaluate(PROMPTS.subList(0, 1), List.of(), List.of(), perception, false);
  }

  /** An evaluation by other models or rules. */
  EvaluateInput seenBy(PerceptionInput perception, List<Prompt> prompts) {
    return evaluate(prompts, List.of(), List.of(), perception, false);
  }

  private static EvaluateInput evaluate(
      List<Prompt> prompts,
      List<String> metrics,
      List<GateInput> gate,
      PerceptionInput perception,
      boolean deletePhotos) {
    return new EvaluateInput(
        MODEL,
        Bench.ANA,
        training(),
        new PromptInput(null, prompts, null),
        3,
        SAMPLER,
        metrics,
        gate,
        perception,
        deletePhotos);
  }

  SampleInput sample(
      SampleInput.TunedModel tuned, List<Prompt> prompts, int shards, List<GateInput> gate) {
    return sample(tuned, prompts, shards, gate, Bench.DRAWINGS);
  }

  SampleInput sample(
      SampleInput.TunedModel tuned,
      List<Prompt> prompts,
      int shards,
      List<GateInput> gate,
      PerceptionInput perception) {
    return new SampleInput(
        MODEL,
        tuned,
        Bench.ANA,
        new PromptInput(null, prompts, null),
        3,
        SAMPLER,
        null,
        null,
        null,
        shards,
        List.of("IdentitySimilarity", "ClipText"),
        gate,
        perception);
  }

  TerminationMessage run(EvaluateInput input, ArtifactStore store) throws IOException {
    var stage = new EvaluateStage(bench.context(input, store, 0), input, this::model);
    var words = stage.run();
    return stage.conclude(words);
  }

  TerminationMessage run(SampleInput input, int index) throws IOException {
    return new SampleStage(bench.context(input, bench.store(), index), input, this::model).run();
  }

  static GateInput atLeast(String metric, double min) {
    return new GateInput(metric, min, null);
  }

  private PictureSource model(BaseModel base, Optional<TunedFiles> tuned, PictureRequest request) {
    return tuned.isPresent()
        ? new PhotoPainter(List.of("IMG_2010.jpg", "IMG_2011.jpg", "IMG_2012.jpg"), drawn)
        : new PhotoPainter(List.of("IMG_2024_someone_else.jpg"), drawn);
  }

  private static final VarietyReport VARIETY =
      new VarietyReport(3, 3, 0, 0, 1, 110, 130, 0.4, 0.3, List.of("add a photo from the left"));

  private void intake() throws IOException {
    var input =
        new IntakeInput(
            StoreLocation.directory("/photos"),
            3,
            20,
            new IntakeInput.Quality(64, 60, 60),
            64,
            false,
            Bench.ANA,
            Bench.DRAWINGS);
    var folder = new StageFolder(bench.store(), bench.file(input), "intake", Bench.CLOCK);
    var verdicts = new ArrayList<PhotoVerdict>();
    for (var name : LEARNED) {
      var stem = name.replace(".jpg", "");
      var png = PngFile.of(PhotoPainter.photo(name));
      folder.put("judged/" + stem + ".png", png, "image/png");
      folder.put("photos/" + stem + ".png", png, "image/png");
      folder.put("photos/" + stem + ".txt", "photo of a sks person".getBytes(UTF_8), "text/plain");
      verdicts.add(verdict(name, stem, Verdict.Accepted, "", true));
    }
    verdicts.add(
        verdict("IMG_2022_nobody.jpg", "IMG_2022_nobody", Verdict.NoFace, "no face found", false));
    folder.put("photos.json", StageJson.json().writeValueAsBytes(verdicts), "application/json");
    folder.put("variety.json", StageJson.pretty(VARIETY), "application/json");
    folder.put("intake.png", PngFile.of(PhotoPainter.photo(LEARNED.get(0))), "image/png");
    folder.publish(Map.of(Provenance.DATASET, "d".repeat(64)), words(List.of()));
  }

  /** The model as evaluation publishes it. */
  SampleInput.TunedModel published() {
    var input = evaluate(List.of(), false);
    var folder = new StageFolder(bench.store(), bench.file(input), "evaluate", Bench.CLOCK);
    bench.manifest("train").filesBelow("model/").forEach(folder::adopt);
    bench.manifest("intake").filesBelow("photos/").forEach(folder::adopt);
    var words = folder.publish(Map.of(Provenance.DATASET, "d".repeat(64)), words(List.of()));
    return new SampleInput.TunedModel(
        StoreLocation.directory("/artifacts"),
        Objects.requireNonNull(words.manifest()),
        Objects.requireNonNull(words.manifestSha256()));
  }

  private void train() {
    var input = new TrainInput(MODEL, Bench.ANA, training(), Bench.DRAWINGS, null);
    var folder = new StageFolder(bench.store(), bench.file(input), "train", Bench.CLOCK);
    var stored =
        folder.put(
            "model/pytorch_lora_weights.safetensors",
            "weights".getBytes(UTF_8),
            "application/x-safetensors");
    folder.publish(
        Map.of(Provenance.DATASET, "d".repeat(64), "seed", "42"),
        words(List.of(Artifacts.of("model", stored))));
  }

  private static PhotoVerdict verdict(
      String name, String stem, Verdict verdict, String advice, boolean used) {
    return new PhotoVerdict(
        name,
        stem,
        verdict,
        advice,
        used,
        new PhotoVerdict.Measured(
            256, 256, 1, null, null, null, null, null, null, null, null, null));
  }

  private static TerminationMessage words(List<TerminationMessage.Artifact> artifacts) {
    return new TerminationMessage(
        TerminationMessage.Result.Succeeded,
        "Published",
        "done",
        null,
        null,
        0,
        null,
        null,
        null,
        null,
        null,
        artifacts);
  }

  private static TrainingInput training() {
    return new TrainingInput(
        "LoRA",
        250,
        4e-3,
        1e-3,
        "Constant",
        0,
        6,
        1,
        64,
        false,
        42,
        null,
        0.1,
        true,
        0,
        null,
        false,
        new TrainingInput.PriorPreservation(true, 0.6, 96, "photo of a person"),
        "Full",
        new TrainingInput.Lora(16, 16, List.of("Attention"), List.of("Diffusers")),
        null,
        new TrainingInput.Checkpoint(50, 2),
        new TrainingInput.AutoStop(false, 100, 3));
  }
}
