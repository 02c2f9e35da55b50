package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Clips that a stage drew, with what their prompt asked for. */
record PromptedFilms(List<FilmSubject> wanted, List<List<RgbImage>> films) {

  private static final String ENDING = ".mp4";

  /**
   * Every MP4 file of a folder whose prompt, its title, names a colour, a form and a direction.
   *
   * @throws StageFailure.BadInput if there is none
   */
  static PromptedFilms read(Path folder) throws IOException {
    var wanted = new ArrayList<FilmSubject>();
    var films = new ArrayList<List<RgbImage>>();
    for (var file : files(folder)) {
      try (var reader = VideoReader.open(file)) {
        var subject = FilmCaptions.subject(reader.title());
        if (subject.isPresent()) {
          wanted.add(subject.get());
          films.add(reader.rest());
        }
      }
    }
    if (films.isEmpty()) {
      throw new StageFailure.BadInput(
          "%s holds neither a video model nor MP4 clips whose title names colour, shape and direction; name a model or the clips of a stage"
              .formatted(folder));
    }
    return new PromptedFilms(wanted, films);
  }

  FilmCounts counts() {
    return FilmCounts.of(wanted, films);
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
