package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.Features;
import dev.atelier.runtime.evaluate.FrechetDistance;
import dev.atelier.runtime.film.Film;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far films are from drawn films of the same prompts: the Frechet distance of what a reader of
 * films sees in both (FVD with the samples' own network). Comparable only between sets of one size.
 */
record FilmDistance(Torch torch, FilmReader reader, VideoRecipe.World size) {

  private static final long FIRST_SEED = 70_000;

  /** Of the films, and of other drawn ones, which is what a perfect model would get. */
  record Reading(int films, double distance, double drawn) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Frechet distance %.2f to drawn films of the same prompts; %.2f between two such sets of %d",
          distance,
          drawn,
          films);
    }
  }

  /**
   * The distance.
   *
   * @throws StageFailure.BadInput if the films have another size, or are too few
   */
  Reading of(AskedFilms asked) {
    int count = asked.films().size();
    if (count < 2) {
      throw new StageFailure.BadInput("a distance needs at least two films; draw more");
    }
    for (var film : asked.films()) {
      var first = film.get(0);
      if (film.size() != size.frames()
          || first.width() != size.edge()
          || first.height() != size.edge()) {
        throw new StageFailure.BadInput(
            "the reader of films takes %d frames of %dx%d, not %d of %dx%d; draw clips of that size, without enlarging them"
                .formatted(
                    size.frames(),
                    size.edge(),
                    size.edge(),
                    film.size(),
                    first.width(),
                    first.height()));
      }
    }
    var drawn = features(drawn(asked, FIRST_SEED));
    return new Reading(
        count,
        FrechetDistance.of(torch, features(asked.films()), drawn),
        FrechetDistance.of(torch, features(drawn(asked, FIRST_SEED + count)), drawn));
  }

  private List<List<RgbImage>> drawn(AskedFilms asked, long seed) {
    var drawn = new ArrayList<List<RgbImage>>();
    for (int i = 0; i < asked.films().size(); i++) {
      var film = Film.of(asked.wanted().get(i), seed + i).on(asked.grounds().get(i));
      drawn.add(film.frames(size.frames(), size.edge()));
    }
    return drawn;
  }

  private Features features(List<List<RgbImage>> films) {
    return Features.all(
        films.stream()
            .map(
                film -> {
                  try (Scope scope = Scope.open()) {
                    return reader.features(FilmReaderPhase.NAME, FilmWorld.clip(torch, film));
                  }
                })
            .toList());
  }
}
