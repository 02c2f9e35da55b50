package dev.atelier.runtime.stage;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.CropShape;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.Progress;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Runs the train stage on a Stable Diffusion of some thousand random weights. */
final class TrainBench {

  private static final RuntimeSettings SETTINGS =
      new RuntimeSettings(Path.of("/"), "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());

  static final Path MODEL = Path.of("src/test/resources/fixtures/pipelines/sd15_tiny");
  static final Path XL = Path.of("src/test/resources/fixtures/pipelines/sdxl_tiny");
  static final Subject ANA = new Subject("person", "sks");
  static final int RESOLUTION = 64;
  static final String RESOURCE = "studio/HeadshotModel/ana-12345678";
  private static final int NEVER = Integer.MAX_VALUE;
  private static final IntakeInput INTAKE =
      new IntakeInput(
          StoreLocation.directory("/photos"),
          1,
          20,
          new IntakeInput.Quality(32, 20, 60),
          RESOLUTION,
          false,
          ANA,
          Bench.DRAWINGS);

  final FileStore store;
  private final Path root;
  private final String run;
  private @Nullable RoundsInput rounds;
  private PerceptionInput perception = Bench.DRAWINGS;
  private ClassPictureJudge.Opening judges = (stores, input) -> new PermissiveJudge();
  private Path model = MODEL;
  private Subject subject = ANA;
  private StageFile.DeviceInput device = new StageFile.DeviceInput(0, "Float32");
  private Progress said = new ProgressReporter(Stage.TRAIN, Clock.systemUTC()).now();

  TrainBench(Path root, String run) {
    this.root = root;
    this.run = run;
    this.store = new FileStore(root.resolve("artifacts"));
  }

  /** Judges class pictures in another way. */
  TrainBench judgedBy(ClassPictureJudge.Opening judging) {
    judges = judging;
    return this;
  }

  /** How a stage ended, and the step that it began with. */
  record Ended(TerminationMessage words, int began) {}

  /** Publishes three pictures of noise as intake would. */
  TrainBench withPhotos() {
    var folder = new StageFolder(store, file(INTAKE), "intake", Clock.systemUTC());
    for (int photo = 0; photo < 3; photo++) {
      folder.put(
          "photos/p" + photo + ".png",
          PngFile.of(RandomPicture.of(photo, CropShape.square(RESOLUTION))),
          "image/png");
      folder.put("photos/p" + photo + ".txt", caption(photo), "text/plain");
    }
    return publish(folder, 3);
  }

  /** Publishes pictures of noise of three shapes as intake would. */
  TrainBench withPhotosOfSeveralShapes() {
    var folder = new StageFolder(store, file(INTAKE), "intake", Clock.systemUTC());
    var shapes =
        List.of(
            new CropShape(64, 64),
            new CropShape(56, 72),
            new CropShape(56, 72),
            new CropShape(80, 48));
    for (int photo = 0; photo < shapes.size(); photo++) {
      var png = PngFile.of(RandomPicture.of(photo, shapes.get(photo)));
      folder.put("photos/p" + photo + ".png", png, "image/png");
      folder.put("photos/p" + photo + ".txt", caption(photo % 3), "text/plain");
    }
    return publish(folder, shapes.size());
  }

  private TrainBench publish(StageFolder folder, int photos) {
    folder.publish(
        Map.of("photos", String.valueOf(photos)),
        TerminationMessage.of(
            TerminationMessage.Result.Succeeded, "PhotosAccepted", "all of them"));
    return this;
  }

  /** Judges checkpoints with whatever photos there are. */
  TrainBench judging(RoundsInput judging) {
    rounds = judging;
    return this;
  }

  /** Judges class pictures and checkpoints by other models or thresholds. */
  TrainBench seenBy(PerceptionInput judges) {
    perception = judges;
    return this;
  }

  /** Publishes drawn photos of a person as intake would, and judges checkpoints with them. */
  TrainBench withPortraits(RoundsInput judging) {
    judging(judging);
    var folder = new StageFolder(store, file(INTAKE), "intake", Clock.systemUTC());
    for (int photo = 1; photo <= 7; photo++) {
      var name = "IMG_200%d.jpg".formatted(photo);
      folder.put("photos/p" + photo + ".png", PngFile.of(PhotoPainter.photo(name)), "image/png");
      folder.put("photos/p" + photo + ".txt", caption(photo % 3), "text/plain");
    }
    return publish(folder, 7);
  }

  /** Trains to the end. */
  Ended train(TrainingInput training) throws IOException {
    return train(training, NEVER);
  }

  /** Trains, and is asked to stop while a step is taken. */
  Ended train(TrainingInput training, int stopAfter) throws IOException {
    var stop = new StopRequest();
    var clock = new StoppingClock(stop, stopAfter);
    var context = context(training, stop, clock);
    clock.watch(context.progress());
    try {
      var words = new TrainStage(context, input(training), ExportedWeights.WRITTEN, judges).run();
      return new Ended(words, clock.began());
    } finally {
      said = context.progress().now();
    }
  }

  /** What the pod answered last when it was asked how far it is. */
  Progress said() {
    return said;
  }

  /** Cleans up as it is done behind a published result. */
  void conclude(TrainingInput training, TerminationMessage published) throws IOException {
    Stages.of(context(training, new StopRequest(), Clock.systemUTC())).conclude(published);
  }

  private StageContext context(TrainingInput training, StopRequest stop, Clock clock)
      throws IOException {
    var file = file(input(training));
    var scratch = Files.createTempDirectory(root, "scratch-");
    return new StageContext(
        file,
        SETTINGS,
        store,
        new StageFolder(store, file, "train", clock),
        new Stores(SETTINGS, scratch),
        new ProgressReporter(Stage.TRAIN, clock),
        stop,
        new SimpleMeterRegistry(),
        scratch,
        clock);
  }

  /** As {@link #train}, for a run that fails. */
  StageFailure fails(TrainingInput training, int stopAfter) throws IOException {
    try {
      train(training, stopAfter);
    } catch (StageFailure e) {
      return e;
    }
    throw new AssertionError("the stage ended well");
  }

  /** As above, where what is exported goes another way to the disk than usually. */
  StageFailure fails(TrainingInput training, ExportedWeights exports) throws IOException {
    var context = context(training, new StopRequest(), Clock.systemUTC());
    try {
      new TrainStage(context, input(training), exports, judges).run();
    } catch (StageFailure e) {
      return e;
    }
    throw new AssertionError("the stage ended well");
  }

  /** A picture of 64 x 64 of the base model, or of what was trained. */
  List<RgbImage> drawn(String prompt, boolean tuned) throws IOException {
    var base = BaseModel.open(model(), new Stores(SETTINGS, root));
    var files =
        tuned ? Optional.of(TunedFiles.of(store, published())) : Optional.<TunedFiles>empty();
    var sampler = new SamplerInput("DDIM", 3, 3, 64, 64, 7);
    try (var torch = Torch.start(1);
        var pictures = DiffusionPictures.open(torch, base, files, sampler)) {
      return pictures.draw(List.of(new PlannedPicture("one", 0, prompt, "", 7)));
    }
  }

  /** What the manifest of the train stage lists. */
  StageFolder.Published published() {
    return StageFolder.read(store, prefix() + "/train/manifest.json").orElseThrow();
  }

  /** Names of the files of the tuned model. */
  List<String> exported() {
    return published().manifest().filesBelow("model/").stream()
        .map(Manifest.StoredFile::name)
        .toList();
  }

  byte[] published(String name) throws IOException {
    var stored = published().manifest().file(name).orElseThrow();
    return Files.readAllBytes(StageFolder.open(store, stored));
  }

  String prefix() {
    return RESOURCE + "/" + run;
  }

  /** Computes elsewhere, or less precisely, than on the CPU in float32. */
  TrainBench computing(int gpus, String precision) {
    device = new StageFile.DeviceInput(gpus, precision);
    return this;
  }

  TrainBench of(Subject other) {
    subject = other;
    return this;
  }

  /** Trains another model than the usual one. */
  TrainBench on(Path other) {
    model = other;
    return this;
  }

  ModelInput model() {
    return new ModelInput(
        Files.exists(model.resolve("text_encoder_2")) ? "StableDiffusionXL" : "StableDiffusion",
        StoreLocation.directory(model.toAbsolutePath().toString()),
        null,
        "Apache-2.0",
        "tiny");
  }

  private TrainInput input(TrainingInput training) {
    return new TrainInput(model(), subject, training, perception, rounds);
  }

  private StageFile file(StageInput input) {
    return new StageFile(
        StageFile.CONTRACT,
        new StageFile.ResourceRef("HeadshotModel", "studio", "ana", "12345678-aaaa"),
        new StageFile.RunRef(run, 1),
        device,
        StoreLocation.directory("/artifacts"),
        prefix(),
        input);
  }

  private static byte[] caption(int photo) {
    var where = List.of("in a forest", "at the beach", "in the snow").get(photo);
    return ("photo of a sks person " + where).getBytes(StandardCharsets.UTF_8);
  }
}
