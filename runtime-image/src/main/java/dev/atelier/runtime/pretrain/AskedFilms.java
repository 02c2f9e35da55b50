package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.film.Ground;
import dev.atelier.runtime.gallery.Sheet;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Films that somebody made of prompts, with what these asked for.
 *
 * @param grounds what the shapes should move on
 */
record AskedFilms(List<FilmSubject> wanted, List<Ground> grounds, List<List<RgbImage>> films) {

  /** Films on a sheet. */
  static final int SHOWN = 12;

  private static final String ENDING = ".mp4";

  /**
   * Every MP4 file of a folder whose prompt, its title, names a colour, a form, a direction and a
   * ground.
   *
   * @throws StageFailure.BadInput if there is none
   */
  static AskedFilms read(Path folder) throws IOException {
    var asked = new AskedFilms(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var file : files(folder)) {
      try (var reader = VideoReader.open(file)) {
        var subject = FilmCaptions.subject(reader.title());
        var ground = FilmCaptions.ground(reader.title());
        if (subject.isPresent() && ground.isPresent()) {
          asked.wanted.add(subject.get());
          asked.grounds.add(ground.get());
          asked.films.add(reader.rest());
        }
      }
    }
    if (asked.films.isEmpty()) {
      throw new StageFailure.BadInput(
          "%s holds neither a video model nor MP4 clips whose title names colour, shape, direction and ground; name a model or the clips of a stage"
              .formatted(folder));
    }
    return asked;
  }

  FilmCounts counts() {
    return FilmCounts.of(wanted, films);
  }

  /** The first films as a picture. */
  Sheet sheet(String title) {
    int rows = Math.min(SHOWN, films.size());
    var prompts =
        IntStream.range(0, rows)
            .mapToObj(i -> FilmCaptions.prompt(wanted.get(i), grounds.get(i)))
            .toList();
    return FilmSheet.ofFrames(title, VideoPainter.HOW, prompts, films.subList(0, rows));
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }
}
