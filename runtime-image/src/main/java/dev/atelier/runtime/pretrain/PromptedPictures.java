package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PngTexts;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.pretrain.SceneReader.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Pictures that a stage drew, with the scene that their prompt asked for. */
record PromptedPictures(List<RgbImage> pictures, List<Reading> scenes) {

  private static final String PROMPT = "prompt";

  /**
   * Every PNG file of a folder whose prompt names garment, colour and place of the drawn world.
   *
   * @throws StageFailure.BadInput if there is none
   */
  static PromptedPictures read(Path folder, int edge) throws IOException {
    var pictures = new ArrayList<RgbImage>();
    var scenes = new ArrayList<Reading>();
    for (var file : files(folder)) {
      var bytes = Files.readAllBytes(file);
      var scene = scene(PngTexts.of(bytes).getOrDefault(PROMPT, ""));
      if (scene.isPresent()) {
        var picture = RgbImage.of(ImageIO.read(new ByteArrayInputStream(bytes)));
        pictures.add(Resize.to(picture, edge, edge, Filter.LANCZOS));
        scenes.add(scene.get());
      }
    }
    if (pictures.isEmpty()) {
      throw new StageFailure.BadInput(
          "%s holds neither a model nor PNG pictures whose prompt names garment, colour and place; name a model or the pictures of a stage"
              .formatted(folder));
    }
    return new PromptedPictures(pictures, scenes);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  /** What a prompt asks for, if it is of the drawn world. */
  static Optional<Reading> scene(String prompt) {
    for (var garment : Garment.values()) {
      for (var colour : GarmentColour.values()) {
        for (var place : Place.values()) {
          // The colour right before the garment: hair has colours too.
          if (prompt.contains(" %s %s".formatted(colour.word(), garment.word()))
              && prompt.contains(place.phrase())) {
            return Optional.of(new Reading(garment, colour, place));
          }
        }
      }
    }
    return Optional.empty();
  }
}
