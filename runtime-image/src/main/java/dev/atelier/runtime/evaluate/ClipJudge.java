package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoException;
import dev.atelier.runtime.video.VideoReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads finished clips as people will see them: from the file, after the codec.
 *
 * @param models feature models, empty where no metric needs one
 */
public record ClipJudge(Optional<FeatureModels> models) {

  /**
   * Longer edge of the frames that are measured: more than any feature model looks at, and little
   * enough that a clip fits into memory.
   */
  public static final int EDGE = 512;

  private static final int CHANGES_NEED = 3;

  /**
   * Reads a clip.
   *
   * @param text that it was drawn for
   */
  public ClipReading read(Path file, String text) throws VideoException {
    var frames = frames(file);
    return new ClipReading(
        frames.size(),
        frames.size() < CHANGES_NEED ? Optional.empty() : Optional.of(FrameChanges.of(frames)),
        models.flatMap(FeatureModels::clip).map(reader -> reader.pictures(frames)),
        models.flatMap(FeatureModels::clip).map(reader -> reader.texts(List.of(text))),
        models.flatMap(FeatureModels::dino).map(reader -> reader.pictures(frames)),
        models.flatMap(FeatureModels::inception).map(reader -> reader.pictures(frames)),
        models.flatMap(FeatureModels::video).flatMap(reader -> reader.clip(frames)));
  }

  private static List<RgbImage> frames(Path file) throws VideoException {
    try (var reader = VideoReader.open(file, EDGE)) {
      return reader.rest();
    }
  }
}
