package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonPhotosTest {

  @TempDir Path folder;

  @Test
  void everyPhotoHasItsCaptionAndASeedIsAPerson() throws IOException {
    Pretraining.photos(folder.resolve("one"), 1);
    Pretraining.photos(folder.resolve("again"), 1);
    Pretraining.photos(folder.resolve("other"), 2);

    try (var files = Files.list(folder.resolve("one"))) {
      assertThat(files).hasSize(24);
    }
    assertThat(folder.resolve("one/01.txt"))
        .content()
        .matches("photo of a \\{subject} wearing a \\w+ \\w+ .+\n");
    assertThat(folder.resolve("again/01.png")).hasSameBinaryContentAs(folder.resolve("one/01.png"));
    assertThat(Files.mismatch(folder.resolve("one/01.png"), folder.resolve("other/01.png")))
        .isNotNegative();
  }
}
