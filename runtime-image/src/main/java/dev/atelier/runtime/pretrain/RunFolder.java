package dev.atelier.runtime.pretrain;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.train.Checkpoints;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where everything of a run lies. */
record RunFolder(Path root) {

  private static final ObjectMapper JSON = StageJson.json();
  private static final String RECIPE = "recipe.json";
  private static final int KEPT = 2;

  /** Makes the folder, or takes up the run that is in it. */
  static <R extends RunRecipe<R>> RunFolder open(Path root, R recipe, Class<R> kind)
      throws IOException {
    var folder = new RunFolder(root);
    for (var part : new String[] {"model", "previews", "scratch"}) {
      Files.createDirectories(root.resolve(part));
    }
    folder.requireSame(recipe, kind);
    folder.store(RECIPE, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(recipe));
    return folder;
  }

  /** The diffusers folder that the run makes. */
  Path model() {
    return root.resolve("model");
  }

  /** The CLIP of the same world. */
  Path clip() {
    return root.resolve("clip");
  }

  Path pictures() {
    return root.resolve("pictures.bin");
  }

  Path latents() {
    return root.resolve("latents.safetensors");
  }

  /** The loss over the steps of a phase. */
  Path curve(String phase) {
    return root.resolve(phase + "-loss.csv");
  }

  Checkpoints checkpoints(String phase) {
    return new Checkpoints(
        new FileStore(root), "checkpoints/" + phase, KEPT, root.resolve("scratch"));
  }

  /** Writes a file of the run in one step. */
  void store(String name, byte[] content) {
    new FileStore(root).put(name, content);
  }

  /** Whether a run was begun in a folder. */
  static boolean isRun(Path root) {
    return Files.exists(root.resolve(RECIPE));
  }

  /**
   * The recipe of the run in a folder.
   *
   * @throws StageFailure.BadInput if there is none, or one of another kind
   */
  static <R> R recipe(Path root, Class<R> kind) throws IOException {
    var file = root.resolve(RECIPE);
    if (!isRun(root)) {
      throw new StageFailure.BadInput(
          "%s holds no run (no %s); begin one with pretrain model or pretrain video"
              .formatted(root, RECIPE));
    }
    try {
      return JSON.readValue(file.toFile(), kind);
    } catch (JsonMappingException e) {
      throw new StageFailure.BadInput(
          "%s holds a run of another kind of model; name another folder".formatted(root));
    }
  }

  /** Another recipe would go on with weights that were not made by it. */
  private <R extends RunRecipe<R>> void requireSame(R recipe, Class<R> kind) throws IOException {
    if (!isRun(root)) {
      return;
    }
    if (!recipe(root, kind).withStepsOf(recipe).equals(recipe)) {
      throw new StageFailure.BadInput(
          "%s was begun with another recipe; only the number of steps may change. Name another folder, or delete this one"
              .formatted(root));
    }
  }
}
