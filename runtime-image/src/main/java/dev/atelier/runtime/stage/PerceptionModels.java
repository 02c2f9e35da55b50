package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.ModelFolder;
import dev.atelier.runtime.perception.DlibEmbedder;
import dev.atelier.runtime.perception.FaceEmbedder;
import dev.atelier.runtime.perception.FolderEmbedder;
import dev.atelier.runtime.perception.ModelFile;
import dev.atelier.runtime.perception.MtcnnDetector;
import dev.atelier.runtime.perception.MtcnnSettings;
import dev.atelier.runtime.perception.OpenNsfw;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.perception.PerceptionException;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens the models that judge pictures: those that ship, the user's own files of the same
 * architectures, or a face embedding of another one.
 */
public final class PerceptionModels {

  private static final String SHIPPED_EMBEDDING = "dlib128";

  /** Distance of two opposite embeddings of length 1. */
  private static final double FARTHEST = 2;

  private final Stores stores;
  private final int threads;

  /** Opens with a thread for each processor. */
  public PerceptionModels(Stores stores) {
    this(stores, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param threads of each model
   */
  public PerceptionModels(Stores stores, int threads) {
    this.stores = stores;
    this.threads = threads;
  }

  /**
   * The three models of an input; a file that is no such model ends the stage with its name, and
   * none stays open.
   */
  public Perception open(PerceptionInput input) {
    try {
      return Perception.open(
          () -> detector(input.faceDetector()),
          () -> embedder(input.faceEmbedding()),
          () -> nudity(input.nudity()));
    } catch (PerceptionException e) {
      throw new StageFailure.BadInput(String.valueOf(e.getMessage()), e);
    }
  }

  /** The model that tells nudity alone, for stages that look for no faces. */
  public OpenNsfw openNudity(PerceptionInput input) {
    try {
      return nudity(input.nudity());
    } catch (PerceptionException e) {
      throw new StageFailure.BadInput(String.valueOf(e.getMessage()), e);
    }
  }

  private MtcnnDetector detector(PerceptionInput.FaceDetector input) {
    known("faceDetector", input.model(), "mtcnn");
    var at = input.thresholds();
    var settings = MtcnnSettings.photographs().withThresholds(at.get(0), at.get(1), at.get(2));
    var location = input.location();
    return new MtcnnDetector(
        file(location, "pnet.onnx", "pnet.onnx"),
        file(location, "rnet.onnx", "rnet.onnx"),
        file(location, "onet.onnx", "onet.onnx"),
        settings,
        threads);
  }

  private FaceEmbedder embedder(PerceptionInput.FaceEmbedding input) {
    return input.model().equals(SHIPPED_EMBEDDING)
        ? new DlibEmbedder(
            file(input.location(), "face_embedding_dlib128.onnx", "model.onnx"),
            SHIPPED_EMBEDDING,
            threads)
        : ownEmbedder(input);
  }

  private FaceEmbedder ownEmbedder(PerceptionInput.FaceEmbedding input) {
    var location = input.location();
    if (location == null) {
      throw new StageFailure.BadInput(
          "spec.perception.faceEmbedding.model '%s' of the DiffusionRuntime does not ship, %s does; let source name a folder of model.onnx and preprocessor_config.json"
              .formatted(input.model(), SHIPPED_EMBEDDING));
    }
    double bound = input.samePersonMaxDistance();
    if (!(bound > 0 && bound <= FARTHEST)) {
      throw new StageFailure.BadInput(
          "spec.perception.faceEmbedding.samePersonMaxDistance of the DiffusionRuntime is %s; embeddings of '%s' have length 1, so give more than 0 and at most 2 (a cosine of c is sqrt(2 - 2c), 0.5 is 1.0)"
              .formatted(bound, input.model()));
    }
    try {
      return new ModelFolder("faceEmbedding", stores.local(location))
          .read(
              (folder, name) ->
                  FolderEmbedder.open(folder, "%s (%s)".formatted(input.model(), name), threads));
    } catch (IOException e) {
      throw new StageFailure.BadInput(
          "spec.perception.faceEmbedding.source of the DiffusionRuntime cannot be read (%s); let it name a folder of model.onnx and preprocessor_config.json"
              .formatted(e.getMessage()),
          e);
    }
  }

  private OpenNsfw nudity(PerceptionInput.Nudity input) {
    known("nudity", input.model(), "open_nsfw");
    return new OpenNsfw(file(input.location(), "open_nsfw.onnx", "model.onnx"), threads);
  }

  /** A location is the file itself, or a folder with the file under its usual name. */
  private ModelFile file(@Nullable StoreLocation location, String shipped, String inFolder) {
    if (location == null) {
      return ModelFile.shipped(shipped);
    }
    Path path = stores.local(location);
    if (Files.isRegularFile(path)) {
      return ModelFile.at(path);
    }
    var own = path.resolve(shipped);
    return ModelFile.at(Files.isRegularFile(own) ? own : path.resolve(inFolder));
  }

  private static void known(String field, String model, String supported) {
    if (!model.equals(supported)) {
      throw new StageFailure.BadInput(
          "spec.perception.%s.model '%s' of the DiffusionRuntime is not known; this release has %s"
              .formatted(field, model, supported));
    }
  }
}
