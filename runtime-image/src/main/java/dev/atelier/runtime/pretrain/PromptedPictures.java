package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pictures that a stage drew, with the scene that their prompt asked for. */
record PromptedPictures(List<RgbImage> pictures, List<SceneWords> scenes) {

  /**
   * Every PNG file of a folder whose prompt names garment, colour and place of the drawn world.
   *
   * @throws StageFailure.BadInput if there is none
   */
  static PromptedPictures read(Path folder, int edge) throws IOException {
    var pictures = new ArrayList<RgbImage>();
    var scenes = new ArrayList<SceneWords>();
    for (var png : new PngFolder(folder, edge).read()) {
      scene(png.prompt())
          .ifPresent(
              scene -> {
                pictures.add(png.picture());
                scenes.add(scene);
              });
    }
    if (pictures.isEmpty()) {
      throw new StageFailure.BadInput(
          "%s holds neither a model nor PNG pictures whose prompt names garment, colour and place; name a model or the pictures of a stage"
              .formatted(folder));
    }
    return new PromptedPictures(pictures, scenes);
  }

  /** What a prompt asks for, if it is of the drawn world. */
  static Optional<SceneWords> scene(String prompt) {
    for (var garment : Garment.values()) {
      for (var colour : GarmentColour.values()) {
        for (var place : Place.values()) {
          // The colour right before the garment: hair has colours too.
          if (prompt.contains(" %s %s".formatted(colour.word(), garment.word()))
              && prompt.contains(place.phrase())) {
            return Optional.of(new SceneWords(garment, colour, place));
          }
        }
      }
    }
    return Optional.empty();
  }
}
