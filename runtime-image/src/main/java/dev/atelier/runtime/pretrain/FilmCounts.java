package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.film.FilmJudge;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How often films show what they should; {@code all} counts those that are right altogether. */
record FilmCounts(int films, int colours, int forms, int directions, int all) {

  /**
   * @param wanted what should be there
   * @param films the frames of each, in the same order
   */
  static FilmCounts of(List<FilmSubject> wanted, List<List<RgbImage>> films) {
    var read = films.stream().map(FilmJudge::read).toList();
    return new FilmCounts(
        wanted.size(),
        same(wanted, read, FilmSubject::colour),
        same(wanted, read, FilmSubject::form),
        same(wanted, read, FilmSubject::direction),
        same(wanted, read, subject -> subject));
  }

  private static int same(
      List<FilmSubject> wanted,
      List<Optional<FilmSubject>> read,
      Function<FilmSubject, Object> part) {
    int same = 0;
    for (int i = 0; i < wanted.size(); i++) {
      same += read.get(i).map(part).equals(Optional.of(part.apply(wanted.get(i)))) ? 1 : 0;
    }
    return same;
  }

  /** Share of films that are right in everything. */
  double right() {
    return (double) all / films;
  }

  @Override
  public String toString() {
    return "colour %s, shape %s, direction %s, all three %s of %d films"
        .formatted(share(colours), share(forms), share(directions), share(all), films);
  }

  private String share(int right) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * right / films);
  }
}
