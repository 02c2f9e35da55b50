package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.film.Film;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.List;

/**
 * Large pictures of both drawn worlds by number: portraits and frames of films in turn. Even
 * streams of seeds are trained on, odd ones are for measuring.
 */
record SharpPictures(long seed) {

  /** Width and height of a portrait and of a frame, which models draw four times smaller. */
  private static final int PORTRAIT = 256;

  private static final int FRAME = 128;

  /** A picture to train on. */
  RgbImage training(long number) {
    return drawn(SubjectBatches.mix(2 * seed, number), number % 2 == 0, false);
  }

  /** A picture of a person or a subject that no training sees. */
  RgbImage heldOut(long number) {
    return drawn(SubjectBatches.mix(2 * seed + 1, number), number % 2 == 0, true);
  }

  /** The frames of a film that no training sees. */
  List<RgbImage> heldOutFilm(long number, int frames) {
    return Film.of(FilmSubject.all(true), SubjectBatches.mix(2 * seed + 1, number))
        .frames(frames, FRAME);
  }

  private static RgbImage drawn(long own, boolean portrait, boolean heldOut) {
    if (portrait) {
      return PortraitRenderer.draw(
          Identity.of(own), Scene.of(SubjectBatches.mix(own, 1)), PORTRAIT);
    }
    double time = (own & 1023) / 1023.0;
    return Film.of(FilmSubject.all(heldOut), own).frame(time, FRAME);
  }

  /** What a picture looks like four times smaller. */
  static RgbImage small(RgbImage picture) {
    return Resize.to(
        picture,
        picture.width() / UpscalerRecipe.SCALE,
        picture.height() / UpscalerRecipe.SCALE,
        Filter.BICUBIC);
  }
}
