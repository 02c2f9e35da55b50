package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhotoFileNamesTest {

  @Test
  void aPhotosFilesAreCalledAsThePhoto() {
    assertThat(PhotoFileNames.of(List.of("IMG_1.jpg", "Ána im Büro.JPEG")))
        .containsEntry("IMG_1.jpg", "IMG_1")
        .containsEntry("Ána im Büro.JPEG", "Ána-im-Büro");
  }

  @Test
  void photosThatDifferOnlyInTheirEndingOrCaseDoNotOverwriteEachOther() {
    var names = PhotoFileNames.of(List.of("a.jpg", "a.png", "A.jpg", "A.jpg.jpg"));

    assertThat(names.values().stream().map(String::toLowerCase)).doesNotHaveDuplicates();
    assertThat(names).containsEntry("a.jpg", "a").containsEntry("a.png", "a.png");
  }

  @Test
  void aNameCannotLeaveTheFolder() {
    assertThat(PhotoFileNames.of(List.of("..\\..\\x.jpg", "...jpg")).values())
        .allSatisfy(name -> assertThat(name).doesNotContain("\\", "/").doesNotStartWith("."));
  }
}
