package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pretrain.PngFolder.Png;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Photos of a person and pictures that should show the same one.
 *
 * @param photos at least two, so that each can be held against the others
 * @param pictures at least one
 */
record PersonPictures(List<RgbImage> photos, List<RgbImage> pictures) {

  PersonPictures {
    photos = List.copyOf(photos);
    pictures = List.copyOf(pictures);
  }

  /**
   * Every PNG file of two folders.
   *
   * @throws StageFailure.BadInput if there are too few
   */
  static PersonPictures read(Path photos, Path pictures, int edge) throws IOException {
    return new PersonPictures(of(photos, edge, 2, "photos"), of(pictures, edge, 1, "pictures"));
  }

  private static List<RgbImage> of(Path folder, int edge, int least, String what)
      throws IOException {
    var read = new PngFolder(folder, edge).read();
    if (read.size() < least) {
      throw new StageFailure.BadInput(
          "%s holds %d PNG files, and at least %d %s are needed; name the folder photos/ that the intake of a model wrote, and one of pictures that a stage drew"
              .formatted(folder, read.size(), least, what));
    }
    return read.stream().map(Png::picture).toList();
  }
}
