package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.evaluate.CheckpointJudge;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.evaluate.ClipReader;
import dev.atelier.runtime.evaluate.CosineSimilarity;
import dev.atelier.runtime.evaluate.ParetoFront;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.photo.AspectBuckets;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.sample.PicturePlan;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.stage.MeasuredCheckpoint.Axis;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of docs/evaluation.md: the checkpoint that is chosen beside all others, on pictures
 * that did not choose it. Those pictures stay in target/auto-stop.
 */
@Tag("endurance")
class AutoStopFiguresTest {

  private static final int PATIENCE = 3;
  private static final int PER_PROMPT = 32;
  private static final Path SAMPLE = Path.of("../samples/headshot/models/tiny-portrait");
  private static final Path CLIP = Path.of("../samples/headshot/models/drawn-clip");
  private static final Path PICTURES = Path.of("target/auto-stop");

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
  void ofATrainingThatGoesOnTooLongTheChosenCheckpointBeatsTheLastAndIsBeatenByNone()
      throws IOException {
    var training = training("Constant", 900, 100);
    var rounds = rounds(training);
    var seen = steps(rounds).stream().map(rounds::upTo);
    var stopped = seen.filter(front -> front.stops(PATIENCE)).findFirst().orElse(rounds);
    int chosen = stopped.chosen().orElseThrow().step();
    int end = steps(stopped).get(steps(stopped).size() - 1);
    print("patience %d ends at step %d and chooses".formatted(PATIENCE, end), rounds, chosen);

    var measured = measured(training, steps(rounds));
    var best = measured.get(chosen);
    measured.values().forEach(other -> print(best, other));

    assertThat(end).isLessThan(training.maxSteps());
    assertThat(best.beats(measured.get(training.maxSteps()))).isTrue();
    assertThat(measured.values()).noneMatch(other -> other.beats(best));
  }

  @Test
  void ofATrainingWhoseRateFallsToZeroTheChosenCheckpointIsAsGoodAsTheLast() throws IOException {
    var training = training("Linear", 450, 50);
    var rounds = rounds(training);
    int chosen = rounds.chosen().orElseThrow().step();
    print("chooses", rounds, chosen);

    var measured = measured(training, List.of(chosen, training.maxSteps()));
    var last = measured.get(training.maxSteps());
    print(measured.get(chosen), last);

    assertThat(last.beats(measured.get(chosen))).isFalse();
  }

  private static List<Integer> steps(ParetoFront front) {
    return front.rounds().stream().map(CheckpointScore::step).toList();
  }

  /** Trains to the last step, whatever the rounds say, and tells what they said. */
  private ParetoFront rounds(TrainingInput training) throws IOException {
    var bench = new Bench(root);
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
    var clip = StoreLocation.directory("/models/clip");
    var ended =
        bench.run(
            new TrainInput(
                MODEL,
                Bench.ANA,
                training,
                Bench.DRAWINGS.reading(clip, null, null, null),
                new RoundsInput(new PromptInput(null, PROMPTS, null), sampler(7))));
    assertThat(ended.exitCode()).as(ended.words().message()).isZero();
    var curve = CurveFile.read(bench.store(), bench.manifest("train")).orElseThrow();
    var rounds = ParetoFront.empty();
    for (var round : curve.rounds()) {
      rounds =
          rounds.with(
              new CheckpointScore(
                  round.step(), round.identity(), round.promptAlignment(), round.memorisation()));
    }
    return rounds;
  }

  /** The recipe of samples/headshot, but for how long and at which rate. */
  private static TrainingInput training(String schedule, int steps, int every) {
    return new TrainingInput(
        "LoRA",
        steps,
        4e-3,
        1e-3,
        schedule,
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
        new TrainingInput.Checkpoint(every, steps / every),
        new TrainingInput.AutoStop(true, every, steps));
  }

  /** As in samples/headshot. */
  private static SamplerInput sampler(long seed) {
    return new SamplerInput("DDIM", 25, 1.5, 64, 64, seed);
  }

  /** Draws again with every one of the checkpoints, with seeds that no round used. */
  private Map<Integer, MeasuredCheckpoint> measured(TrainingInput training, List<Integer> steps)
      throws IOException {
    var bench = new Bench(root);
    var sampler = sampler(9_000);
    var planned = new PicturePlan(PROMPTS, Bench.ANA.phrase(), PER_PROMPT, sampler.seed()).all();
    var measured = new TreeMap<Integer, MeasuredCheckpoint>();
    try (var torch = Torch.start(1);
        var perception = SamplePhotos.forDrawings();
        var clip = ClipReader.open(torch, CLIP, "drawn-clip");
        var model = new CheckpointPictures(torch, SAMPLE, training, Bench.ANA, sampler)) {
      var judge = judge(bench, perception);
      for (int step : new TreeSet<>(steps)) {
        var state =
            "%s/train/checkpoints/step-%06d/state.safetensors".formatted(Bench.PREFIX, step);
        var pictures = model.draw(bench.store().local(state).orElseThrow(), planned);
        keep(training, step, planned, pictures);
        var texts = clip.texts(planned.stream().map(PlannedPicture::text).toList());
        double[] alignment = CosineSimilarity.perPair(clip.pictures(pictures), texts);
        measured.put(step, measured(step, judge, pictures, alignment));
      }
    }
    return measured;
  }

  private static MeasuredCheckpoint measured(
      int step, CheckpointJudge judge, List<RgbImage> pictures, double[] alignment) {
    return new MeasuredCheckpoint(
        step,
        IntStream.range(0, alignment.length)
            .mapToObj(
                i -> {
                  var one = List.of(pictures.get(i));
                  return new CheckpointScore(
                      step, judge.identity(one), alignment[i], judge.memorisation(one));
                })
            .toList());
  }

  /** As the rounds judge: likeness to the photos that were held out, copying of the others. */
  private static CheckpointJudge judge(Bench bench, Perception perception) throws IOException {
    var shapes = AspectBuckets.of(64, false);
    var split = HeldOut.of(TrainingPhoto.read(bench.store(), bench.manifest("intake"), shapes));
    return new CheckpointJudge(
        perception,
        split.kept().stream().map(TrainingPhoto::picture).toList(),
        split.learned().stream()
            .flatMap(photo -> Stream.of(photo.picture(), photo.mirrored()))
            .toList(),
        Bench.DRAWINGS.faceEmbedding().samePersonMaxDistance());
  }

  /** As a stage would write them, so that {@code pretrain judge} can read them. */
  private static void keep(
      TrainingInput training, int step, List<PlannedPicture> planned, List<RgbImage> pictures)
      throws IOException {
    var folder =
        Files.createDirectories(
            PICTURES.resolve("%s-%d".formatted(training.learningRateSchedule(), step)));
    for (int i = 0; i < pictures.size(); i++) {
      var texts = Map.of("prompt", planned.get(i).text());
      Files.write(
          folder.resolve(planned.get(i).name() + ".png"), PngFile.of(pictures.get(i), texts));
    }
  }

  private static void print(String what, ParetoFront rounds, int chosen) {
    for (var round : rounds.rounds()) {
      boolean onTheFront = rounds.front().contains(round);
      print("round" + (onTheFront ? " on the front" : ""), round);
    }
    System.out.printf("FIGURE %s step %d%n", what, chosen);
  }

  private static void print(MeasuredCheckpoint best, MeasuredCheckpoint other) {
    print("other seeds", other.score());
    System.out.println(
        Arrays.stream(Axis.values())
            .map(axis -> "%s %s".formatted(axis, text(best.over(other, axis))))
            .collect(Collectors.joining(", ", "FIGURE   the chosen one is ahead by: ", "")));
  }

  private static String text(MeasuredCheckpoint.Lead lead) {
    return String.format(
        Locale.ROOT,
        "%+.3f (%+.3f to %+.3f)",
        lead.mean(),
        lead.interval().low(),
        lead.interval().high());
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
