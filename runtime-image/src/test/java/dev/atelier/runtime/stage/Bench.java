package dev.atelier.runtime.stage;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageProcess;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TerminationMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A pod's root directory, and stages run in it as the operator would have them run. */
final class Bench {

  static final String PREFIX = "studio/HeadshotModel/ana-12345678/r0";
  static final Subject ANA = new Subject("person", "sks");

  /** What the sample's DiffusionRuntime sets for drawn faces. */
  static final PerceptionInput DRAWINGS =
      new PerceptionInput(
          new PerceptionInput.FaceDetector("mtcnn", null, List.of(0.3, 0.2, 0.2)),
          new PerceptionInput.FaceEmbedding("dlib128", null, 0.40),
          new PerceptionInput.Nudity("open_nsfw", null, 0.8, 0.3),
          null,
          null,
          null,
          null,
          null);

  /** The same with a detector that is as sure as that. */
  static PerceptionInput withThresholds(double first, double second, double third) {
    return new PerceptionInput(
        new PerceptionInput.FaceDetector("mtcnn", null, List.of(first, second, third)),
        DRAWINGS.faceEmbedding(),
        DRAWINGS.nudity(),
        null,
        null,
        null,
        null,
        null);
  }

  /** The same with an output check that blocks from such a score. */
  static PerceptionInput withNudityFrom(double block) {
    return new PerceptionInput(
        DRAWINGS.faceDetector(),
        DRAWINGS.faceEmbedding(),
        new PerceptionInput.Nudity("open_nsfw", null, block, block),
        null,
        null,
        null,
        null,
        null);
  }

  /** The same by a platform's own rules for prompts. */
  static PerceptionInput ruledBy(PromptRulesInput rules) {
    return new PerceptionInput(
        DRAWINGS.faceDetector(),
        DRAWINGS.faceEmbedding(),
        DRAWINGS.nudity(),
        null,
        null,
        null,
        null,
        rules);
  }

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T10:00:00Z"), ZoneOffset.UTC);

  private static final Set<Stage> SHARED = Set.of(Stage.SAMPLE, Stage.PREPARE_VIDEO);

  private final Path root;
  private final StopRequest stop = new StopRequest();
  private int attempt = 1;

  /**
   * @param root what is {@code /} for the pod
   */
  Bench(Path root) {
    this.root = root;
  }

  /** How a stage ended. */
  record Ended(int exitCode, TerminationMessage words) {}

  Bench attempt(int number) {
    attempt = number;
    return this;
  }

  StoreLocation directory(String path) {
    return StoreLocation.directory(path);
  }

  /** Runs the stage in this process, from its stage file to its termination message. */
  Ended run(StageInput input) {
    return run(file(input), 0);
  }

  Ended run(StageFile file, int index) {
    try {
      write("etc/atelier/stage.yaml", StageJson.write(file));
      var settings =
          new RuntimeSettings(root, "127.0.0.1", 0, OptionalInt.of(index), OptionalLong.empty());
      int code = new StageProcess(settings, new StopRequest(), CLOCK).run();
      var words = Files.readString(root.resolve("dev/termination-log"));
      return new Ended(code, StageJson.lastWords(words).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a stage works with, for stages whose model is a fake. */
  StageContext context(StageInput input, ArtifactStore store, int index) {
    var file = file(input);
    var settings =
        new RuntimeSettings(root, "127.0.0.1", 0, OptionalInt.of(index), OptionalLong.empty());
    var slug = input.stage().slug();
    boolean shared = SHARED.contains(input.stage());
    var slot = shared ? slug + "/shard-" + index : slug;
    var scratch = root.resolve("scratch");
    return new StageContext(
        file,
        settings,
        store,
        new StageFolder(store, file, slot, CLOCK),
        new Stores(settings, scratch),
        new ProgressReporter(input.stage(), CLOCK),
        stop,
        new SimpleMeterRegistry(),
        scratch,
        CLOCK);
  }

  /** What is {@code /} for the pod. */
  Path root() {
    return root;
  }

  StopRequest stop() {
    return stop;
  }

  StageFile file(StageInput input) {
    return new StageFile(
        StageFile.CONTRACT,
        new StageFile.ResourceRef("HeadshotModel", "studio", "ana", "12345678-aaaa"),
        new StageFile.RunRef("r0", attempt),
        new StageFile.DeviceInput(0, "Float32"),
        StoreLocation.directory("/artifacts"),
        PREFIX,
        input);
  }

  FileStore store() {
    return new FileStore(root.resolve("artifacts"));
  }

  /** The manifest that a stage published. */
  Manifest manifest(String slot) {
    return StageFolder.read(store(), PREFIX + "/" + slot + "/manifest.json")
        .orElseThrow()
        .manifest();
  }

  Path stored(Manifest.StoredFile file) {
    return root.resolve("artifacts").resolve(file.path());
  }

  Path stored(ArtifactStore.Entry entry) {
    return root.resolve("artifacts").resolve(entry.key());
  }

  Path stored(TerminationMessage.Artifact artifact) {
    return root.resolve("artifacts").resolve(artifact.path());
  }

  void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  /** Copies files of a folder into the pod. */
  void copy(Path from, String to) throws IOException {
    var target = Files.createDirectories(root.resolve(to));
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var copy = target.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
