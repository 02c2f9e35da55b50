package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.film.Ground;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Asks a video model for subjects that it never saw a film of, and measures what it shows. */
final class VideoJudge {

  private static final int TOGETHER = 12;
  private static final long FIRST_SEED = 5_000;

  private final Torch torch;
  private final VideoRecipe.World size;

  VideoJudge(Torch torch, VideoRecipe.World size) {
    this.torch = torch;
    this.size = size;
  }

  /**
   * Films of held-out subjects, each in turn on another ground.
   *
   * @param model a diffusers folder
   */
  AskedFilms show(Path model, int count) {
    var subjects = FilmSubject.all(true);
    var grounds = Ground.values();
    var wanted =
        IntStream.range(0, count).mapToObj(i -> subjects.get(i % subjects.size())).toList();
    var on =
        IntStream.range(0, count)
            .mapToObj(i -> grounds[(i + i / subjects.size()) % grounds.length])
            .toList();
    var films = new ArrayList<List<RgbImage>>();
    try (var painter = new VideoPainter(torch, model, size.frames(), size.edge())) {
      for (int at = 0; at < count; at += TOGETHER) {
        int end = Math.min(count, at + TOGETHER);
        films.addAll(
            painter.draw(
                IntStream.range(at, end)
                    .mapToObj(i -> FilmCaptions.prompt(wanted.get(i), on.get(i)))
                    .toList(),
                LongStream.range(FIRST_SEED + at, FIRST_SEED + end).boxed().toList()));
      }
    }
    return new AskedFilms(wanted, on, films);
  }
}
