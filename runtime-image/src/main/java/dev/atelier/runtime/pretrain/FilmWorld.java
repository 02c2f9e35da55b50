package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.film.Film;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The films of a recipe by number; all of it from the seed. */
record FilmWorld(long seed, VideoRecipe.World size) {

  private static final long FILMS = 1;
  private static final List<FilmSubject> TRAINED = FilmSubject.all(false);

  static FilmWorld of(VideoRecipe recipe) {
    return new FilmWorld(recipe.seed(), recipe.world());
  }

  /** A film to train on. */
  Film film(long number) {
    return Film.of(TRAINED, SubjectBatches.mix(SubjectBatches.mix(seed, FILMS), number));
  }

  /** All frames of a film, {@code [1, 3, frames, edge, edge]} in [-1, 1]. */
  Tensor whole(Torch torch, long number) {
    return part(torch, film(number), 0, size.frames());
  }

  /** One frame of a film, from any moment, {@code [1, 3, 1, edge, edge]} in [-1, 1]. */
  Tensor picture(Torch torch, long number) {
    double from = new Random(number).nextDouble() * (size.frames() - 1);
    return part(torch, film(number), from, 1);
  }

  /**
   * Some frames of a film, {@code [1, 3, frames, edge, edge]} in [-1, 1].
   *
   * @param from the first, counted from 0; need not be whole
   */
  Tensor part(Torch torch, Film film, double from, int frames) {
    var pictures = new ArrayList<RgbImage>();
    for (int i = 0; i < frames; i++) {
      pictures.add(film.frame((from + i) / (size.frames() - 1), size.edge()));
    }
    return clip(torch, pictures);
  }

  /** Frames as {@code [1, 3, frames, edge, edge]} in [-1, 1]. */
  static Tensor clip(Torch torch, List<RgbImage> frames) {
    try (Scope scope = Scope.open()) {
      return scope.keep(
          Ops.stack(2, frames.stream().map(frame -> PictureTensors.of(torch, frame)).toList()));
    }
  }
}
