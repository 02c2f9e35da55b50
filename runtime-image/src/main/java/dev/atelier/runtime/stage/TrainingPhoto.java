package dev.atelier.runtime.stage;

import static java.util.stream.Collectors.joining;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.AspectBuckets;
import dev.atelier.runtime.photo.CropShape;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A crop of a photo that intake accepted.
 *
 * @param caption what it shows, the subject's phrase included
 */
record TrainingPhoto(String name, RgbImage picture, String caption) {

  private static final String FOLDER = "photos/";
  private static final String PICTURE = ".png";
  private static final String CAPTION = ".txt";

  /** The files that training reads, in the manifest's order. */
  static List<Manifest.StoredFile> files(Manifest intake) {
    return intake.filesBelow(FOLDER);
  }

  /**
   * Reads the crops that intake published in this run.
   *
   * @param buckets the shapes that crops may have
   */
  static List<TrainingPhoto> read(ArtifactStore store, Manifest intake, AspectBuckets buckets)
      throws IOException {
    var photos = new ArrayList<TrainingPhoto>();
    for (var file : files(intake)) {
      if (file.name().endsWith(PICTURE)) {
        photos.add(read(store, intake, file, buckets));
      }
    }
    if (photos.isEmpty()) {
      throw new StageFailure.BadInput(
          "intake published no photos in this run; start it anew by raising spec.runNonce");
    }
    return photos;
  }

  private static TrainingPhoto read(
      ArtifactStore store, Manifest intake, Manifest.StoredFile file, AspectBuckets buckets)
      throws IOException {
    var name = file.name().substring(FOLDER.length(), file.name().length() - PICTURE.length());
    var decoded = ImageIO.read(StageFolder.open(store, file).toFile());
    if (decoded == null
        || !buckets.shapes().contains(new CropShape(decoded.getWidth(), decoded.getHeight()))) {
      throw new StageFailure.BadInput(
          "%s of the intake stage is no picture of %s pixels; raise spec.runNonce so that intake runs again"
              .formatted(
                  file.name(),
                  buckets.shapes().stream().map(CropShape::toString).collect(joining(" or "))));
    }
    var caption =
        intake
            .file(FOLDER + name + CAPTION)
            .orElseThrow(
                () ->
                    new StageFailure.BadInput(
                        "intake published no caption for %s; raise spec.runNonce so that it runs again"
                            .formatted(file.name())));
    var text = Files.readString(StageFolder.open(store, caption), StandardCharsets.UTF_8).strip();
    return new TrainingPhoto(name, RgbImage.of(decoded), text);
  }

  CropShape shape() {
    return new CropShape(picture.width(), picture.height());
  }

  /** The same picture seen in a mirror. */
  RgbImage mirrored() {
    int width = picture.width();
    var values = new float[picture.values().length];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        int from = (y * width + x) * 3;
        System.arraycopy(picture.values(), from, values, (y * width + width - 1 - x) * 3, 3);
      }
    }
    return new RgbImage(width, picture.height(), values);
  }
}
