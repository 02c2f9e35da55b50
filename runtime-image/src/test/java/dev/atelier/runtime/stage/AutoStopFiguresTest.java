package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.evaluate.CheckpointJudge;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.evaluate.FeatureModels;
import dev.atelier.runtime.evaluate.LargeModelMetrics;
import dev.atelier.runtime.evaluate.PictureSet;
import dev.atelier.runtime.evaluate.Reading;
import dev.atelier.runtime.gallery.Curve;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.AspectBuckets;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.sample.PicturePlan;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of docs/evaluation.md: the chosen checkpoint beside the last step. */
@Tag("endurance")
class AutoStopFiguresTest {

  private static final int STEPS = Integer.getInteger("atelier.steps", 900);
  private static final int EVERY = Integer.getInteger("atelier.every", 100);
  private static final String SCHEDULE = System.getProperty("atelier.schedule", "Constant");
  private static final int PER_PROMPT = 16;
  private static final Path SAMPLE = Path.of("../samples/headshot/models/tiny-portrait");
  private static final Path CLIP = Path.of("../samples/headshot/models/drawn-clip");
  private static final String CLIP_TEXT = "ClipText";

  /** As in samples/headshot. */
  private static final double GUIDANCE = 1.5;

  private static final ModelInput MODEL =
      new ModelInput(
          "StableDiffusion", StoreLocation.directory("/models/tiny"), null, "Apache-2.0", "tiny");
  private static final List<Prompt> PROMPTS =
      List.of(
          new Prompt("suit", "photo of a {subject} wearing a navy suit in an office", ""),
          new Prompt("library", "photo of a {subject} wearing a black suit in a library", ""),
          new Prompt("snow", "photo of a {subject} wearing a red hoodie in the snow", ""),
          new Prompt("beach", "photo of a {subject} wearing a yellow turtleneck at the beach", ""));

  @TempDir private Path root;

  @Test
  void theChosenCheckpointIsNotBeatenByTheLastOnPicturesThatDidNotChooseIt() throws IOException {
    var chosen = trained("chosen", EVERY);
    var last = trained("last", STEPS);

    var curve =
        StageJson.json()
            .readValue(
                StageFolder.open(
                        chosen.store(), chosen.manifest("train").file(CurveFile.NAME).orElseThrow())
                    .toFile(),
                Curve.class);
    curve.rounds().forEach(round -> print("round", round));
    var best = score(chosen, curve.selectedStep());
    var end = score(last, STEPS);
    print("chosen, other seeds", best);
    print("last, other seeds", end);

    assertThat(end.dominates(best)).isFalse();
  }

  private Bench trained(String name, int every) throws IOException {
    var bench = new Bench(root.resolve(name));
    bench.copy(SAMPLE, "models/tiny");
    bench.copy(CLIP, "models/clip");
    bench.copy(SamplePhotos.ANA, "photos");
    var intake =
        new IntakeInput(
            StoreLocation.directory("/photos"),
            10,
            20,
            new IntakeInput.Quality(64, 60, 60),
            64,
            false,
            Bench.ANA,
            Bench.DRAWINGS);
    assertThat(bench.run(intake).exitCode()).isZero();
    var rounds =
        new RoundsInput(
            new PromptInput(null, PROMPTS, null),
            new SamplerInput("DDIM", 25, GUIDANCE, 64, 64, 7));
    var ended = bench.run(new TrainInput(MODEL, Bench.ANA, training(every), readByClip(), rounds));
    assertThat(ended.exitCode()).as(ended.words().message()).isZero();
    return bench;
  }

  private static PerceptionInput readByClip() {
    var clip = StoreLocation.directory("/models/clip");
    return Bench.DRAWINGS.reading(clip, null, null, null);
  }

  /** The recipe of samples/headshot, for longer and at the same rate to the end. */
  private static TrainingInput training(int every) {
    return new TrainingInput(
        "LoRA",
        STEPS,
        4e-3,
        1e-3,
        SCHEDULE,
        10,
        6,
        1,
        64,
        false,
        42,
        5.0,
        0,
        true,
        0,
        null,
        false,
        new TrainingInput.PriorPreservation(true, 0.6, 96, "a photo of a person"),
        "Full",
        new TrainingInput.Lora(
            16, 16, List.of("Attention", "FeedForward", "Convolution"), List.of("Diffusers")),
        null,
        new TrainingInput.Checkpoint(50, 2),
        new TrainingInput.AutoStop(true, every, 20));
  }

  private static CheckpointScore score(Bench bench, int step) throws IOException {
    var sampler = new SamplerInput("DDIM", 25, GUIDANCE, 64, 64, 9_000);
    var planned = new PicturePlan(PROMPTS, Bench.ANA.phrase(), PER_PROMPT, sampler.seed()).all();
    var intake = bench.manifest("intake");
    var split = HeldOut.of(TrainingPhoto.read(bench.store(), intake, AspectBuckets.of(64, false)));
    var published =
        StageFolder.read(bench.store(), Bench.PREFIX + "/train/manifest.json").orElseThrow();
    var base = new BaseModel(MODEL, SAMPLE, "", new FolderDigest(List.of()));
    try (var torch = Torch.start(1);
        var scope = Scope.open();
        var perception = SamplePhotos.forDrawings();
        var model =
            DiffusionPictures.open(
                torch, base, Optional.of(TunedFiles.of(bench.store(), published)), sampler)) {
      var pictures = new ArrayList<RgbImage>();
      for (int at = 0; at < planned.size(); at += model.batchSize()) {
        pictures.addAll(
            model.draw(planned.subList(at, Math.min(planned.size(), at + model.batchSize()))));
      }
      var learned = new ArrayList<RgbImage>();
      for (var photo : split.learned()) {
        learned.add(photo.picture());
        learned.add(photo.mirrored());
      }
      var judge =
          new CheckpointJudge(
              perception,
              split.kept().stream().map(TrainingPhoto::picture).toList(),
              learned,
              0.40);
      return new CheckpointScore(
          step,
          judge.identity(pictures),
          alignment(torch, planned, pictures),
          judge.memorisation(pictures));
    }
  }

  private static double alignment(
      Torch torch, List<PlannedPicture> planned, List<RgbImage> pictures) throws IOException {
    var set = new ArrayList<PictureSet.Drawn>();
    for (int i = 0; i < pictures.size(); i++) {
      set.add(new PictureSet.Drawn(planned.get(i).text(), pictures.get(i)));
    }
    try (var models = FeatureModels.open(torch, readByClip(), location -> CLIP)) {
      var read = new LargeModelMetrics(models, new PictureSet(set, List.of())).read(CLIP_TEXT);
      return ((Reading.Measured) read.orElseThrow()).value();
    }
  }

  private static void print(String what, Curve.Round round) {
    print(
        what + (round.front() ? " on the front" : ""),
        new CheckpointScore(
            round.step(), round.identity(), round.promptAlignment(), round.memorisation()));
  }

  private static void print(String what, CheckpointScore score) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "FIGURE %s: step %d identity %.3f alignment %.3f memorisation %.3f",
            what,
            score.step(),
            score.identity(),
            score.promptAlignment(),
            score.memorisation()));
  }
}
