package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.perception.DlibEmbedder;
import dev.atelier.runtime.perception.ModelFile;
import dev.atelier.runtime.perception.MtcnnDetector;
import dev.atelier.runtime.perception.MtcnnSettings;
import dev.atelier.runtime.perception.OpenNsfw;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.perception.PerceptionException;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens the models that judge pictures: those that ship, or the user's own files of the same
 * architectures.
 */
public final class PerceptionModels {

  private final Stores stores;
  private final int threads;

  /** Opens with a thread for each processor. */
  public PerceptionModels(Stores stores) {
    this.stores = stores;
    this.threads = Runtime.getRuntime().availableProcessors();
  }

  /** The three models of an input; a file that is no such model ends the stage with its name. */
  public Perception open(PerceptionInput input) {
    try {
      return new Perception(
          detector(input.faceDetector()), embedder(input.faceEmbedding()), nudity(input.nudity()));
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

  private DlibEmbedder embedder(PerceptionInput.FaceEmbedding input) {
    known("faceEmbedding", input.model(), "dlib128");
    return new DlibEmbedder(
        file(input.location(), "face_embedding_dlib128.onnx", "model.onnx"), "dlib128", threads);
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
