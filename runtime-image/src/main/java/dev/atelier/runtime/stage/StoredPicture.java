package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A published picture and the store that holds it. */
record StoredPicture(ArtifactStore store, Manifest.StoredFile file) {

  /** The picture, its digest checked. */
  RgbImage read() throws IOException {
    var picture = ImageIO.read(StageFolder.open(store, file).toFile());
    if (picture == null) {
      throw new StageFailure.BadInput(
          "%s in %s is no picture; start the run anew by raising spec.runNonce"
              .formatted(file.path(), store.describe()));
    }
    return RgbImage.of(picture);
  }
}
