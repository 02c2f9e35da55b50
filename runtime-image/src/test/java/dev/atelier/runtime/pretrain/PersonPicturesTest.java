package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonPicturesTest {

  @TempDir Path photos;
  @TempDir Path pictures;

  @Test
  void everyPngIsReadAtTheReadersSize() throws IOException {
    draw(photos, "b.png", 1);
    draw(photos, "a.png", 2);
    Files.writeString(photos.resolve("a.txt"), "photo of a sks person");
    draw(pictures, "one.png", 3);

    var read = PersonPictures.read(photos, pictures, 32);

    assertThat(read.photos()).hasSize(2).allMatch(photo -> photo.width() == 32);
    assertThat(read.pictures()).hasSize(1);
  }

  @Test
  void onePhotoHasNoOthersToBeHeldAgainst() throws IOException {
    draw(photos, "a.png", 1);
    draw(pictures, "one.png", 2);

    assertThatThrownBy(() -> PersonPictures.read(photos, pictures, 32))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContainingAll("holds 1 PNG files", "at least 2 photos", "intake");
  }

  @Test
  void aFileThatIsNoPictureIsNamed() throws IOException {
    draw(photos, "a.png", 1);
    Files.writeString(photos.resolve("broken.png"), "not a picture");

    assertThatThrownBy(() -> PersonPictures.read(photos, pictures, 32))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("broken.png is no PNG picture");
  }

  private static void draw(Path folder, String name, long scene) throws IOException {
    var picture = PortraitRenderer.draw(Identity.of(1), Scene.of(scene), 64);
    Files.write(folder.resolve(name), PngFile.of(picture));
  }
}
