package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.film.Film;
import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.film.Ground;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.train.SubjectBatches;
import dev.atelier.runtime.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Films and pictures of a colour that the base model does not know, as files whose names say what
 * they show: what {@code samples/video} tunes it on.
 */
record FilmSet(Path folder) {

  private static final int EDGE = 128;
  private static final int FRAMES_PER_SECOND = 24;

  /** A clip of a second needs the frame at its end, too. */
  private static final int FRAMES = FRAMES_PER_SECOND + 1;

  /** A small shape on black would be refused as too dark. */
  private static final List<Ground> GROUNDS = List.of(Ground.GREY, Ground.BROWN);

  private static final long SEED = 17;

  /**
   * Writes {@code clips} and {@code images}: every subject that is not held out, on two grounds.
   */
  void write() throws IOException {
    var clips = Files.createDirectories(folder.resolve("clips"));
    var images = Files.createDirectories(folder.resolve("images"));
    long number = 0;
    for (var subject : FilmSubject.taught(false)) {
      for (var ground : GROUNDS) {
        var film = Film.of(subject, SubjectBatches.mix(SEED, number++)).on(ground);
        var name = FilmCaptions.prompt(subject, ground).replace(' ', '_');
        write(film, clips.resolve(name + ".mp4"));
        var still = FilmCaptions.still(subject, ground).replace(' ', '_');
        Files.write(
            images.resolve(still + "_" + number + ".png"), PngFile.of(film.frame(0.5, EDGE)));
      }
    }
  }

  private static void write(Film film, Path file) throws IOException {
    try (var writer = VideoWriter.open(file, EDGE, EDGE, FRAMES_PER_SECOND, Map.of())) {
      for (var frame : film.frames(FRAMES, EDGE)) {
        writer.write(frame);
      }
      writer.finish();
    }
  }
}
