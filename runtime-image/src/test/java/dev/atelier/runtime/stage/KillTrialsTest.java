package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainVideoInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mvn -Pendurance -pl runtime-image -am test -Dtest=KillTrialsTest
 * -Dsurefire.failIfNoSpecifiedTests=false}: a training that is killed without notice at a random
 * moment, a hundred times over ({@code -Datelier.trials} for another number).
 */
@Tag("endurance")
class KillTrialsTest {

  private static final int TRIALS = Integer.getInteger("atelier.trials", 100);
  private static final long SEED = Long.getLong("atelier.seed", 1);
  private static final RoundsInput ROUNDS =
      new RoundsInput(
          new PromptInput(
              null,
              List.of(
                  new Prompt("snow", "photo of a {subject} in the snow", ""),
                  new Prompt("beach", "photo of a {subject} at the beach", "")),
              null),
          new SamplerInput("DDIM", 2, 3, 64, 64, 7));

  /** Draws people: a model of random weights ends where its class pictures are judged. */
  private static final Path PORTRAITS = Path.of("../samples/headshot/models/tiny-portrait");

  @TempDir private Path root;

  @Test
  void howeverATrainingIsKilledItEndsWithTheSameWeights() throws Exception {
    trials(this::pod, pod -> result(pod, CurveFile.NAME));
  }

  @Test
  void howeverAVideoTrainingIsKilledItEndsWithTheSameWeights() throws Exception {
    trials(this::videoPod, pod -> result(pod, VideoCurve.NAME, LossFiles.TABLE));
  }

  /** A pod of a name whose training is still to be done. */
  private interface Pods {
    Bench named(String name) throws IOException;
  }

  /** What a training has to come to. */
  private interface Results {
    List<String> of(Bench pod) throws IOException;
  }

  private void trials(Pods pods, Results results) throws Exception {
    var straight = pods.named("straight");
    var begun = Instant.now();
    run(straight, Duration.ofMinutes(30));
    var took = Duration.between(begun, Instant.now());
    var expected = results.of(straight);
    var random = new Random(SEED);
    var tally = new TreeMap<String, Integer>();
    int kills = 0;
    for (int trial = 0; kills < TRIALS; trial++) {
      assertThat(trial).as("most trainings end before they are killed").isLessThan(3 * TRIALS);
      var pod = pods.named("trial-" + trial);
      if (run(pod, Duration.ofMillis((long) (random.nextDouble() * took.toMillis())))) {
        continue;
      }
      kills++;
      var fate = "killed " + where(pod);
      run(pod, Duration.ofMinutes(30));
      tally.merge(fate, 1, Integer::sum);
      assertThat(results.of(pod)).as("trial %d, %s", trial, fate).isEqualTo(expected);
      System.out.println("KILL %d: %s".formatted(kills, fate));
    }
    tally.forEach((fate, count) -> System.out.println("KILL tally: %d %s".formatted(count, fate)));
    assertThat(tally.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(TRIALS);
  }

  /** Weights and curves: all must be what they would have been. */
  private static List<String> result(Bench pod, String... curves) throws IOException {
    var manifest = pod.manifest("train");
    var weights = manifest.file("model/pytorch_lora_weights.safetensors").orElseThrow();
    var result = new ArrayList<String>();
    result.add(TensorBytes.digest(Files.readAllBytes(pod.stored(weights))));
    for (var curve : curves) {
      result.add(manifest.file(curve).orElseThrow().sha256());
    }
    return result;
  }

  /** A pod whose films are prepared and that is to train on them in two sizes. */
  private Bench videoPod(String name) throws IOException {
    var bench = VideoTrainBench.prepared(root.resolve(name)).bench();
    var training =
        VideoTrainings.lora().low(12, 0.25).high(8, 0.25).checkpoints(3).emaDecay(0.9).judged(4, 9);
    bench.write(
        "etc/atelier/stage.yaml",
        StageJson.write(
            bench.file(new TrainVideoInput(Films.latents(1).model(), training.input()))));
    return bench;
  }

  /** Where the work stood when it was killed, by what is durable. */
  private static String where(Bench pod) {
    var keys = pod.store().list(Bench.PREFIX + "/train").stream().map(e -> e.key()).toList();
    long rounds = keys.stream().filter(key -> key.endsWith("round.json")).count();
    return keys.stream()
        .filter(key -> key.contains("/checkpoints/") && key.endsWith("manifest.json"))
        .reduce((one, other) -> other)
        .map(key -> key.replaceAll(".*/step-0*(\\d+)/.*", "after the checkpoint of step $1"))
        .orElse("before the first checkpoint")
        .concat(" with %d rounds judged".formatted(rounds));
  }

  /** Whether the process ended by itself. */
  private boolean run(Bench pod, Duration atMost) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var log = pod.root().resolve("log.txt").toFile();
    var process =
        new ProcessBuilder(
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingPod.class.getName(),
                pod.root().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
      return false;
    }
    assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
    return true;
  }

  /** A pod whose intake is done and that is to train and judge. */
  private Bench pod(String name) throws IOException {
    var bench = new Bench(root.resolve(name));
    bench.copy(PORTRAITS, "models/tiny");
    var intake =
        new IntakeInput(
            StoreLocation.directory("/photos"),
            1,
            20,
            new IntakeInput.Quality(32, 20, 60),
            TrainBench.RESOLUTION,
            false,
            Bench.ANA,
            Bench.DRAWINGS);
    var folder = new StageFolder(bench.store(), bench.file(intake), "intake", Bench.CLOCK);
    for (int photo = 1; photo <= 7; photo++) {
      var png = PngFile.of(PhotoPainter.photo("IMG_200%d.jpg".formatted(photo)));
      folder.put("photos/p" + photo + ".png", png, "image/png");
      folder.put(
          "photos/p" + photo + ".txt",
          "photo of a sks person".getBytes(StandardCharsets.UTF_8),
          "text/plain");
    }
    folder.publish(
        Map.of(),
        TerminationMessage.of(TerminationMessage.Result.Succeeded, "PhotosAccepted", "7 of 7"));
    var model =
        new ModelInput(
            "StableDiffusion", StoreLocation.directory("/models/tiny"), null, null, "tiny");
    var training = Trainings.judged(16, 4, 9).checkpoints(2).emaDecay(0.9).input();
    bench.write(
        "etc/atelier/stage.yaml",
        StageJson.write(
            bench.file(new TrainInput(model, Bench.ANA, training, Bench.DRAWINGS, ROUNDS))));
    return bench;
  }
}
