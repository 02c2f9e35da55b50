package dev.atelier.runtime.stage;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainVideoInput;
import dev.atelier.stage.VideoTrainingInput;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * A run whose films were prepared by a Wan of some thousand random weights, which is then tuned.
 */
final class VideoTrainBench {

  static final Path MODEL = Fixtures.folder("pipelines/wan21_tiny");
  static final String ADAPTERS = "model/pytorch_lora_weights.safetensors";
  static final String DENOISER = "model/transformer/diffusion_pytorch_model.safetensors";
  private static final int NEVER = Integer.MAX_VALUE;
  private static final String TRAIN = Bench.PREFIX + "/train";

  private final Bench bench;
  private final Path root;
  private StageFile.DeviceInput device = new StageFile.DeviceInput(0, "Float32");
  private final List<String> activities = new ArrayList<>();

  private VideoTrainBench(Path root) {
    this.root = root;
    this.bench = new Bench(root);
  }

  /** Paints the films and prepares them in both sizes. */
  static VideoTrainBench prepared(Path root) throws IOException {
    var made = new VideoTrainBench(root);
    Films.paint(root);
    Files.delete(root.resolve("models/wan/model_index.json"));
    made.bench.copy(MODEL, "models/wan");
    var ended = made.bench.run(Films.latents(1));
    if (ended.exitCode() != 0) {
      throw new AssertionError(ended.words().message());
    }
    return made;
  }

  /** The pod whose films were prepared. */
  Bench bench() {
    return bench;
  }

  /** How a stage ended, and the step that it began with. */
  record Ended(TerminationMessage words, int began) {}

  VideoTrainBench computing(int gpus, String precision) {
    device = new StageFile.DeviceInput(gpus, precision);
    return this;
  }

  /** Starts the training on two nodes that meet on the loopback. */
  PodsOnNodes onTwoNodes(VideoTrainings training) throws IOException {
    bench.write("etc/atelier/stage.yaml", StageJson.write(file(training.nodes(2).input())));
    training.nodes(1);
    return PodsOnNodes.start(root, 2);
  }

  private StageFile file(VideoTrainingInput training) {
    var input = new TrainVideoInput(Films.latents(1).model(), training);
    var plain = bench.file(input);
    return new StageFile(
        plain.contract(),
        plain.resource(),
        plain.run(),
        device,
        plain.storage(),
        plain.prefix(),
        input);
  }

  /** Trains to the end. */
  Ended train(VideoTrainingInput training) throws IOException {
    return train(training, bench.store(), NEVER);
  }

  /** Trains, and is asked to stop while a step is taken. */
  Ended train(VideoTrainingInput training, ArtifactStore store, int stopAfter) throws IOException {
    var stop = new StopRequest();
    var clock = new StoppingClock(stop, stopAfter);
    var file = file(training);
    var settings =
        new RuntimeSettings(root, "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());
    var scratch = Files.createTempDirectory(root, "scratch-");
    var progress = new ProgressReporter(Stage.TRAIN, clock);
    clock.watch(progress);
    var context =
        new StageContext(
            file,
            settings,
            store,
            new StageFolder(store, file, "train", clock),
            new Stores(settings, scratch),
            progress,
            stop,
            new SimpleMeterRegistry(),
            scratch,
            clock);
    var stage = Stages.of(context);
    var words = stage.run();
    activities.add(progress.now().activity());
    return new Ended(stage.conclude(words), clock.began());
  }

  /** As {@link #train}, for a run that fails. */
  StageFailure fails(VideoTrainingInput training, int stopAfter) throws IOException {
    try {
      train(training, bench.store(), stopAfter);
    } catch (StageFailure e) {
      return e;
    }
    throw new AssertionError("the stage ended well");
  }

  /** Forgets what was trained, not what was prepared. */
  VideoTrainBench anew() {
    bench.store().delete(TRAIN);
    return this;
  }

  /** What the trainings called what they did when they ended. */
  List<String> activities() {
    return activities;
  }

  FileStore store() {
    return bench.store();
  }

  Path root() {
    return root;
  }

  StageFolder.Published published() {
    return StageFolder.read(store(), TRAIN + "/manifest.json").orElseThrow();
  }

  Path published(String name) {
    return StageFolder.open(store(), published().manifest().file(name).orElseThrow());
  }

  /** Digests of what was learned and of how: weights without the header that names the run. */
  TreeMap<String, String> learned() throws IOException {
    var digests = new TreeMap<String, String>();
    for (var file : published().manifest().files()) {
      digests.put(
          file.name(),
          file.name().endsWith(".safetensors")
              ? TensorBytes.digest(Files.readAllBytes(StageFolder.open(store(), file)))
              : file.sha256());
    }
    return digests;
  }

  /** Waits for a checkpoint of that step or a later one, or for the end of the first pod. */
  void untilCheckpoint(PodsOnNodes pods, int step) {
    Awaitility.await("a checkpoint of step " + step)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> newestCheckpoint() >= step || !pods.pod(0).isAlive());
  }

  int newestCheckpoint() {
    return store().list(TRAIN + "/checkpoints").stream()
        .map(entry -> entry.key())
        .filter(key -> key.endsWith("manifest.json"))
        .mapToInt(key -> Integer.parseInt(key.replaceAll(".*/step-0*(\\d+)/.*", "$1")))
        .max()
        .orElse(0);
  }

  /** All weights of a published file as one vector, by name. */
  float[] weights(String name) {
    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      var inOrder = new TreeMap<>(SafeTensorsFile.readAll(torch, published(name))).values();
      return Ops.concat(0, inOrder.stream().map(tensor -> tensor.reshape(-1)).toList()).toFloats();
    }
  }

  BaseModel base() throws IOException {
    var settings =
        new RuntimeSettings(root, "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());
    return BaseModel.open(Films.latents(1).model(), new Stores(settings, root));
  }
}
