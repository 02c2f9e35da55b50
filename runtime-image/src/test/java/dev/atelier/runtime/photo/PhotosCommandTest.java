package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotosCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void aFolderIsAnsweredWithAVerdictForEachPhotoAndWhatToAdd() throws IOException {
    assertThat(run(SamplePhotos.ANA.toString(), "--drawings")).isZero();

    assertThat(text(out))
        .contains("IMG_2001.jpg               Accepted\n")
        .contains("IMG_2020_blurred.jpg       Blurred          hold still and focus on the face")
        .contains("18 photos: 13 Accepted, 1 NoFace, 1 SeveralFaces, 1 Blurred")
        .contains("13 usable: ")
        .doesNotContain(".txt");
  }

  @Test
  void jsonIsAnArrayWithNameVerdictMeasurementsAndAdvice() throws IOException {
    Files.copy(SamplePhotos.resource("photos/obama.jpg"), folder.resolve("b.jpg"));
    Files.writeString(folder.resolve("a.jpg"), "no picture");

    assertThat(run(folder.toString(), "--output", "json")).isZero();

    JsonNode photos = new ObjectMapper().readTree(out.toByteArray());
    assertThat(photos).hasSize(2);
    assertThat(photos.get(0).path("name").asText()).isEqualTo("a.jpg");
    assertThat(photos.get(0).path("verdict").asText()).isEqualTo("Unreadable");
    assertThat(photos.get(0).path("advice").asText()).contains("send a JPEG, PNG or WebP");
    assertThat(photos.get(0).path("measurements").has("sharpness")).isFalse();
    assertThat(photos.get(1).path("verdict").asText()).isEqualTo("Accepted");
    assertThat(photos.get(1).path("advice").asText()).isEmpty();
    assertThat(photos.get(1).path("measurements").path("facePixels").asInt()).isBetween(200, 300);
  }

  @Test
  void whatCannotBeDoneIsSaid() throws IOException {
    assertThat(run(folder.resolve("gone").toString())).isEqualTo(2);
    assertThat(text(err)).contains("is no folder; name the folder with the photos");
    assertThat(run("--output", "xml")).isEqualTo(2);
    assertThat(text(err)).contains("usage: photos DIR [--drawings] [--output json|text]");
  }

  @Test
  void anEmptyFolderIsToldWhatToPutIntoIt() throws IOException {
    assertThat(run(folder.toString())).isZero();

    assertThat(text(out)).contains("0 photos: put JPEG, PNG or WebP files into the folder");
  }

  private int run(String... arguments) throws IOException {
    return PhotosCommand.run(
        List.of(arguments), new PrintStream(out, true), new PrintStream(err, true));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
