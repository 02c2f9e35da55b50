package dev.atelier.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./atelier photos} as a person types it. */
class PhotosCommandTest {

  private static final Path ANA = Path.of("../samples/headshot/photos/ana").toAbsolutePath();
  private static final Path PORTRAITS =
      Path.of("../runtime-image/src/test/resources/photos").toAbsolutePath();

  @TempDir Path here;
  private CommandLineHarness cli = new CommandLineHarness(Path.of("."));

  @BeforeEach
  void inAFolder() {
    cli = new CommandLineHarness(here);
  }

  @Test
  void aTableTellsOfEachPhotoWhatToDoAndOfTheSetWhatToAdd() {
    assertThat(cli.run("photos", ANA.toString(), "--drawings")).isEqualTo(ExitStatus.DONE);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("IMG_2001.jpg               Accepted\n")
        .contains("IMG_2020_blurred.jpg       Blurred          hold still and focus on the face")
        .contains("18 photos: 13 Accepted, 1 NoFace, 1 SeveralFaces, 1 Blurred")
        .contains("13 usable: ")
        .doesNotContain(".txt");
  }

  @Test
  void jsonIsAnArrayWithNameVerdictMeasurementsAndAdvice() throws IOException {
    Files.copy(PORTRAITS.resolve("obama.jpg"), here.resolve("b.jpg"));
    Files.writeString(here.resolve("a.jpg"), "no picture");

    assertThat(cli.run("photos", ".", "--output", "json")).isEqualTo(ExitStatus.DONE);

    JsonNode photos = new ObjectMapper().readTree(cli.out());
    assertThat(photos.isArray()).isTrue();
    assertThat(photos).hasSize(2);
    assertThat(photos)
        .allSatisfy(
            photo ->
                assertThat(photo.fieldNames())
                    .toIterable()
                    .containsExactly("name", "verdict", "measurements", "advice"));
    assertThat(photos.get(0).path("name").asText()).isEqualTo("a.jpg");
    assertThat(photos.get(0).path("verdict").asText()).isEqualTo("Unreadable");
    assertThat(photos.get(0).path("advice").asText()).contains("send a JPEG, PNG or WebP");
    assertThat(photos.get(0).path("measurements").has("sharpness")).isFalse();
    assertThat(photos.get(1).path("verdict").asText()).isEqualTo("Accepted");
    assertThat(photos.get(1).path("advice").asText()).isEmpty();
    assertThat(photos.get(1).path("measurements").path("facePixels").asInt()).isBetween(200, 300);
    assertThat(photos.get(1).path("measurements").fieldNames())
        .toIterable()
        .contains("sharpness", "brightness", "whiteShare", "yawDegrees", "rollDegrees", "cover");
  }

  @Test
  void aFolderBesideTheOneOfTheShellIsFoundByItsName() throws IOException {
    Files.createDirectory(here.resolve("bob"));
    Files.copy(PORTRAITS.resolve("biden.jpg"), here.resolve("bob/1.jpg"));

    assertThat(cli.run("photos", "bob")).isEqualTo(ExitStatus.DONE);

    assertThat(cli.out()).startsWith("1.jpg  Accepted\n").contains("1 photo: 1 Accepted");
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndAFileIsNone() throws IOException {
    Files.writeString(here.resolve("file"), "");
    for (var wrong : List.of("gone", "file")) {
      assertThat(cli.run("photos", wrong)).isEqualTo(ExitStatus.USAGE);

      assertThat(cli.out()).isEmpty();
      assertThat(cli.err())
          .isEqualTo(
              "error: %s is no folder%n  Name the folder that holds the photos.%n"
                  .formatted(wrong));
    }
  }

  @Test
  void anEmptyFolderIsToldWhatToPutIntoIt() {
    assertThat(cli.run("photos", ".")).isEqualTo(ExitStatus.DONE);
    assertThat(cli.out()).contains("0 photos: put JPEG, PNG or WebP files into the folder");

    assertThat(cli.run("photos", ".", "-o", "json")).isEqualTo(ExitStatus.DONE);
    assertThat(cli.out()).isEqualTo("[ ]%n".formatted());
  }

  @Test
  void whatIsMistypedIsSaidWithTheWayToTheHelp() {
    assertThat(cli.run("photos", ".", "--drawing")).isEqualTo(ExitStatus.USAGE);
    assertThat(cli.err()).contains("--drawing", "./atelier photos --help");

    assertThat(cli.run("photos", ".", "--output", "xml")).isEqualTo(ExitStatus.USAGE);
    assertThat(cli.err()).contains("xml", "text", "json");

    assertThat(cli.run("photos", "one", "two")).isEqualTo(ExitStatus.USAGE);
    assertThat(cli.err()).contains("two");
    assertThat(cli.out()).isEmpty();
  }
}
