package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionsTest {
  private final Captions captions = new Captions("sks", "woman");

  @TempDir Path folder;

  @Test
  void aPhotoIsOfTheSubject() throws IOException {
    assertThat(captions.of(folder.resolve("IMG_1.jpg"))).isEqualTo("photo of a sks woman");
    assertThat(captions.ofTheClass()).isEqualTo("photo of a woman");
  }

  @Test
  void aTextBesideThePhotoSaysWhatElseItShows() throws IOException {
    Files.writeString(
        folder.resolve("IMG_1.txt"), "photo of a {subject} wearing a red hoodie in the snow\n");

    assertThat(captions.of(folder.resolve("IMG_1.jpg")))
        .isEqualTo("photo of a sks woman wearing a red hoodie in the snow");
  }

  @Test
  void aTextWithoutTheSubjectGetsIt() throws IOException {
    Files.writeString(folder.resolve("IMG_1.txt"), "red hoodie, snow");

    assertThat(captions.of(folder.resolve("IMG_1.jpg")))
        .isEqualTo("photo of a sks woman, red hoodie, snow");
  }

  @Test
  void theClassNounOfATextBecomesTheSubject() throws IOException {
    Files.writeString(
        folder.resolve("IMG_1.txt"), "A Woman in a red hoodie beside a womanly statue");

    assertThat(captions.of(folder.resolve("IMG_1.jpg")))
        .isEqualTo("A sks woman in a red hoodie beside a womanly statue");
  }

  @Test
  void aTextThatNamesTheTokenStaysAsItIsAndAPartOfAWordIsNoToken() throws IOException {
    var ana = new Captions("ana", "person");
    Files.writeString(folder.resolve("IMG_1.txt"), "ana in a banana shirt");
    Files.writeString(folder.resolve("IMG_2.txt"), "a banana shirt");

    assertThat(ana.of(folder.resolve("IMG_1.jpg"))).isEqualTo("ana in a banana shirt");
    assertThat(ana.of(folder.resolve("IMG_2.jpg")))
        .isEqualTo("photo of a ana person, a banana shirt");
  }

  @Test
  void textsAndHiddenFilesAreNoPhotos() throws IOException {
    for (var name : new String[] {"b.jpg", "a.png", "a.txt", ".DS_Store", "Thumbs.db"}) {
      Files.writeString(folder.resolve(name), "x");
    }

    assertThat(PhotoFolder.photos(folder))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("a.png", "b.jpg");
  }
}
