package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.film.Direction;
import dev.atelier.runtime.film.Film;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.film.Ground;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distance grows with what is wrong with films, motion included. */
class FilmDistanceTest {

  private static final VideoRecipe RECIPE = VideoRecipe.standard();
  private static final int FILMS = 60;
  private static final int STEPS = 120;

  @TempDir private static Path folder;
  private static Torch torch;
  private static FilmReader reader;

  @BeforeAll
  static void trainTheReader() throws IOException {
    torch = Torch.start(1);
    var silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    var context =
        new PretrainContext<>(
            torch,
            RECIPE,
            RunFolder.open(folder, RECIPE, VideoRecipe.class),
            new RunLog(silent, Clock.systemUTC()),
            new StopRequest());
    new FilmReaderPhase(context, FilmReaderPhase.STEPS.withSteps(STEPS)).run();
    reader = FilmReaderPhase.load(torch, folder, RECIPE.world());
  }

  @AfterAll
  static void stop() {
    reader.close();
    torch.close();
  }

  @Test
  void drawnFilmsAreAsFarFromDrawnOnesAsOthers() {
    var reading = distance(film -> film);

    assertThat(reading.distance()).isLessThan(2 * reading.drawn());
  }

  @Test
  void filmsThatMoveTheOtherWayAreFurtherThoughEachFrameIsRight() {
    var right = distance(film -> film);
    var backwards = distance(film -> turned(film));

    assertThat(backwards.distance()).isGreaterThan(3 * right.distance());
    assertThat(backwards.drawn()).isEqualTo(right.drawn());
  }

  @Test
  void clipsOfAnotherSizeAreRefusedWithTheSizeThatFits() {
    var film = Film.of(FilmSubject.all(), 1);
    var large = List.of(film.frames(9, 64), film.frames(9, 64));
    var asked =
        new AskedFilms(
            List.of(film.subject(), film.subject()), List.of(film.ground(), film.ground()), large);

    assertThatThrownBy(() -> new FilmDistance(torch, reader, RECIPE.world()).of(asked))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("9 frames of 32x32, not 9 of 64x64");
  }

  /** To shapes that move right, of films that were changed before they are shown. */
  private static FilmDistance.Reading distance(UnaryOperator<Film> change) {
    var subjects =
        FilmSubject.all().stream().filter(s -> s.direction() == Direction.RIGHT).toList();
    var asked = new AskedFilms(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < FILMS; i++) {
      var film = Film.of(subjects.get(i % subjects.size()), i).on(Ground.values()[i % 3]);
      asked.wanted().add(film.subject());
      asked.grounds().add(film.ground());
      List<RgbImage> frames = change.apply(film).frames(9, 32);
      asked.films().add(frames);
    }
    return new FilmDistance(torch, reader, RECIPE.world()).of(asked);
  }

  private static Film turned(Film film) {
    var subject = film.subject();
    return new Film(
        new FilmSubject(subject.colour(), subject.form(), Direction.LEFT),
        film.ground(),
        film.x(),
        film.y(),
        film.radius(),
        film.way());
  }
}
