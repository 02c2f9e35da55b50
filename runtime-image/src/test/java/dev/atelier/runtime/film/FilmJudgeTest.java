package dev.atelier.runtime.film;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FilmJudgeTest {

  private static final int FRAMES = 17;
  private static final int EDGE = 32;
  private static final int SEEDS = 4;

  @Test
  void everyDrawnFilmIsReadAsWhatItIs() {
    assertThat(right(frame -> frame)).isEqualTo(1.0);
  }

  @Test
  void soFilmsAreReadThatAreSoftAndNoisyAsAModelsAre() {
    var random = new Random(5);
    assertThat(right(frame -> noisy(soft(frame), random))).isGreaterThan(0.95);
  }

  @Test
  void captionsOfOtherFilmsAreRightNoMoreOftenThanByChance() {
    var subjects = new ArrayList<FilmSubject>();
    var read = new ArrayList<FilmSubject>();
    for (var subject : FilmSubject.all()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        subjects.add(subject);
        read.add(FilmJudge.read(Film.of(subject, seed).frames(FRAMES, EDGE)).orElseThrow());
      }
    }
    Collections.shuffle(subjects, new Random(1));
    long right = 0;
    for (int i = 0; i < subjects.size(); i++) {
      right += subjects.get(i).equals(read.get(i)) ? 1 : 0;
    }
    assertThat((double) right / subjects.size()).isLessThan(0.06);
  }

  @Test
  void aFilmBackwardsGoesTheOtherWay() {
    var frames = new ArrayList<>(film(Direction.LEFT).frames(FRAMES, EDGE));
    Collections.reverse(frames);

    assertThat(FilmJudge.read(frames)).map(FilmSubject::direction).contains(Direction.RIGHT);
  }

  @Test
  void nothingIsReadWhereNothingMovesOrNothingIsThere() {
    var film = film(Direction.UP);
    var still = Collections.nCopies(FRAMES, film.frame(0.5, EDGE));
    var empty = Collections.nCopies(FRAMES, new RgbImage(EDGE, EDGE, new float[EDGE * EDGE * 3]));

    assertThat(FilmJudge.read(still)).isEmpty();
    assertThat(FilmJudge.read(empty)).isEmpty();
    assertThat(FilmJudge.read(List.of())).isEmpty();
  }

  @Test
  void everyPairOfTraitsIsTrainedOnAndOnlyTheirCombinationIsHeldOut() {
    var trained = FilmSubject.all(false);

    assertThat(FilmSubject.all(true)).hasSize(12);
    for (var held : FilmSubject.all(true)) {
      assertThat(trained)
          .anyMatch(s -> s.colour() == held.colour() && s.form() == held.form())
          .anyMatch(s -> s.colour() == held.colour() && s.direction() == held.direction())
          .anyMatch(s -> s.form() == held.form() && s.direction() == held.direction());
    }
  }

  @Test
  void promptsSayWhatIsAskedFor() {
    var subject = new FilmSubject(Colour.BLUE, Form.TRIANGLE, Direction.DOWN);

    assertThat(FilmCaptions.subject(FilmCaptions.prompt(subject, Ground.GREY))).contains(subject);
    assertThat(FilmCaptions.subject("a Blue triangle goes down, on brown.")).contains(subject);
    assertThat(FilmCaptions.subject("a triangle goes down")).isEmpty();
  }

  private static Film film(Direction direction) {
    return Film.of(new FilmSubject(Colour.RED, Form.BALL, direction), 3);
  }

  private static double right(UnaryOperator<RgbImage> seen) {
    int right = 0;
    for (var subject : FilmSubject.all()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        var frames = Film.of(subject, seed).frames(FRAMES, EDGE).stream().map(seen).toList();
        right += FilmJudge.read(frames).filter(subject::equals).isPresent() ? 1 : 0;
      }
    }
    return (double) right / (FilmSubject.all().size() * SEEDS);
  }

  private static RgbImage soft(RgbImage frame) {
    var half = Resize.to(frame, EDGE / 2, EDGE / 2, Filter.LANCZOS);
    return Resize.to(half, EDGE, EDGE, Filter.LANCZOS);
  }

  private static RgbImage noisy(RgbImage frame, Random random) {
    var values = frame.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (8 * random.nextGaussian());
    }
    return new RgbImage(frame.width(), frame.height(), values);
  }
}
