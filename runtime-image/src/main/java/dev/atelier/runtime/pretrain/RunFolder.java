package dev.atelier.runtime.pretrain;

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
  static RunFolder open(Path root, Recipe recipe) throws IOException {
    var folder = new RunFolder(root);
    for (var part : new String[] {"model", "previews", "scratch"}) {
      Files.createDirectories(root.resolve(part));
    }
    folder.requireSame(recipe);
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

  /**
   * The recipe of the run in a folder.
   *
   * @throws StageFailure.BadInput if there is none
   */
  static Recipe recipe(Path root) throws IOException {
    var file = root.resolve(RECIPE);
    if (!Files.exists(file)) {
      throw new StageFailure.BadInput(
          "%s holds no run (no %s); begin one with pretrain model".formatted(root, RECIPE));
    }
    return JSON.readValue(file.toFile(), Recipe.class);
  }

  /** Another recipe would go on with weights that were not made by it. */
  private void requireSame(Recipe recipe) throws IOException {
    if (!Files.exists(root.resolve(RECIPE))) {
      return;
    }
    int steps = recipe.denoiser().training().steps();
    if (!recipe(root).withDenoiserSteps(steps).equals(recipe)) {
      throw new StageFailure.BadInput(
          "%s was begun with another recipe; only the number of steps may change. Name another folder, or delete this one"
              .formatted(root));
    }
  }
}
