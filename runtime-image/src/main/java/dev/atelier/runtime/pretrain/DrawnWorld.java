package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pictures of a recipe by number, with what they show; all of it from the seed. */
record DrawnWorld(long seed, Recipe.World size) {

  /** Streams of seeds that do not overlap. */
  private static final long PEOPLE = 1;

  private static final long SCENES = 2;
  private static final long CAPTIONS = 3;

  static DrawnWorld of(Recipe recipe) {
    return new DrawnWorld(recipe.seed(), recipe.world());
  }

  /** Who is in a picture. */
  Identity person(int picture) {
    return Identity.of(of(PEOPLE, picture / size.scenes()));
  }

  /** Where and how. */
  Scene scene(int picture) {
    return Scene.of(of(SCENES, picture));
  }

  Portrait portrait(int picture) {
    return new Portrait(person(picture), scene(picture));
  }

  RgbImage draw(int picture) {
    return PortraitRenderer.draw(person(picture), scene(picture), size.edge());
  }

  /** One of the captions of a picture: each names other things. */
  String caption(int picture, long variant) {
    return CaptionWriter.of(
        person(picture), scene(picture), SubjectBatches.mix(of(CAPTIONS, picture), variant));
  }

  /** A caption of every picture. */
  Stream<String> captions() {
    return IntStream.range(0, size.pictures()).mapToObj(picture -> caption(picture, 0));
  }

  private long of(long stream, long number) {
    return SubjectBatches.mix(SubjectBatches.mix(seed, stream), number);
  }
}
