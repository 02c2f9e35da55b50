package dev.atelier.runtime.stage;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.photo.Verdict;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.S3StandIn;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeStageTest {

  private static final StoreLocation PHOTOS = StoreLocation.directory("/photos");

  private static final List<String> THREE =
      List.of(
          "IMG_2001.jpg",
          "IMG_2001.txt",
          "IMG_2002.jpg",
          "IMG_2002.txt",
          "IMG_2003.jpg",
          "IMG_2003.txt");

  @TempDir private Path root;
  private Bench bench;

  @BeforeEach
  void aPod() {
    bench = new Bench(root);
  }

  @Test
  void theSamplesPhotosGetTheirVerdictsAndTheUsableOnesArePublished() throws IOException {
    bench.copy(SamplePhotos.ANA, "photos");

    var ended = bench.run(input(PHOTOS, 10, 20));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.words().message())
        .isEqualTo(
            "13 of 18 photos usable; add a photo in other light, outdoors or at a window: all faces are lit alike (and 1 more)");
    assertThat(ended.words().dataset())
        .isEqualTo(
            new TerminationMessage.Dataset(
                18,
                13,
                List.of(
                    rejected("IMG_2020_blurred.jpg", "Blurred"),
                    rejected("IMG_2021_two_people.jpg", "SeveralFaces"),
                    rejected("IMG_2022_nobody.jpg", "NoFace"),
                    rejected("IMG_2023_same_again.jpg", "NearDuplicate"),
                    rejected("IMG_2024_someone_else.jpg", "DifferentPerson"))));
    var manifest = bench.manifest("intake");
    assertThat(manifest.filesBelow("photos/"))
        .extracting(Manifest.StoredFile::name)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(2001, 2013)
                .boxed()
                .flatMap(
                    i -> List.of("photos/IMG_" + i + ".png", "photos/IMG_" + i + ".txt").stream())
                .toList());
    assertThat(crop("IMG_2001")).containsExactly(64, 64);
    assertThat(bench.stored(manifest.file("photos/IMG_2001.txt").orElseThrow()))
        .hasContent("photo of a sks person wearing a purple shirt in a library");
    assertThat(manifest.provenance())
        .containsEntry("photosUsed", "13")
        .containsEntry("resource", "HeadshotModel studio/ana")
        .containsKeys("datasetSha256", "inputSha256", "code", "perception");
  }

  @Test
  void withAspectBucketsAPhotoHeldUprightKeepsItsShape() throws IOException {
    threePhotos();
    var wide = ImageIO.read(SamplePhotos.ANA.resolve("IMG_2004.jpg").toFile());
    int width = wide.getHeight() * 3 / 4;
    var tall = wide.getSubimage((wide.getWidth() - width) / 2, 0, width, wide.getHeight());
    ImageIO.write(tall, "png", root.resolve("photos/tall.png").toFile());

    bench.run(
        new IntakeInput(
            PHOTOS,
            2,
            20,
            new IntakeInput.Quality(64, 60, 60),
            64,
            true,
            Bench.ANA,
            Bench.DRAWINGS));

    assertThat(crop("IMG_2001")).containsExactly(64, 64);
    assertThat(crop("tall")).containsExactly(56, 72);
  }

  private List<Integer> crop(String name) throws IOException {
    var file = bench.manifest("intake").file("photos/" + name + ".png").orElseThrow();
    var crop = ImageIO.read(bench.stored(file).toFile());
    return List.of(crop.getWidth(), crop.getHeight());
  }

  @Test
  void everyPhotoIsOnTheSheetAndInTheListOfVerdicts() throws IOException {
    bench.copy(SamplePhotos.ANA, "photos");

    var ended = bench.run(input(PHOTOS, 10, 20));

    var artifacts =
        ended.words().artifacts().stream()
            .collect(toMap(TerminationMessage.Artifact::name, bench::stored));
    assertThat(artifacts).containsOnlyKeys("intake-sheet", "photos");
    var sheet = ImageIO.read(artifacts.get("intake-sheet").toFile());
    assertThat(sheet.getWidth()).isGreaterThan(1000);
    var verdicts = verdicts(artifacts.get("photos"));
    assertThat(verdicts).hasSize(18);
    assertThat(verdicts.get("IMG_2020_blurred.jpg").advice()).contains("hold still");
    assertThat(verdicts.get("IMG_2001.jpg").used()).isTrue();
    assertThat(verdicts.get("IMG_2022_nobody.jpg").measured().faces()).isZero();
  }

  @Test
  void howDifferentThePhotosAreIsPublishedAndTheMostUsefulAdviceIsSaid() throws IOException {
    threePhotos();

    var ended = bench.run(input(PHOTOS, 3, 20));

    var stored = bench.stored(bench.manifest("intake").file("variety.json").orElseThrow());
    var variety = StageJson.json().readValue(stored.toFile(), VarietyReport.class);
    assertThat(variety.photos()).isEqualTo(3);
    assertThat(variety.front() + variety.left() + variety.right()).isEqualTo(3);
    assertThat(variety.advice().get(0)).startsWith("add 7 more photos");
    assertThat(ended.words().message())
        .startsWith("3 of 3 photos usable; add 7 more photos: 3 are usable, 10 or more work best");
  }

  @Test
  void tooFewUsablePhotosEndTheRunAndSayWhatToDo() throws IOException {
    bench.copy(SamplePhotos.ANA, "photos");

    var ended = bench.run(input(PHOTOS, 16, 20));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().reason()).isEqualTo("NotEnoughUsablePhotos");
    assertThat(ended.words().message())
        .contains("13 of 18 photos are usable, 16 are needed")
        .contains("Add 3 more")
        .contains("SeveralFaces IMG_2021_two_people.jpg (2 faces were found")
        .contains("spec.runNonce");
    assertThat(ended.words().dataset().rejected()).hasSize(5);
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/intake/manifest.json")).doesNotExist();
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/intake/attempt-1/intake.png")).exists();
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/intake/attempt-1/photos"))
        .doesNotExist();
  }

  @Test
  void aFolderWithoutPhotosSaysWhereItLooked() throws IOException {
    Files.createDirectories(root.resolve("photos"));

    var ended = bench.run(input(PHOTOS, 10, 20));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().reason()).isEqualTo("NotEnoughUsablePhotos");
    assertThat(ended.words().message()).contains("there are no photos at file:///photos");
  }

  @Test
  void moreThanTheMostKeepsTheBestAndSaysSo() throws IOException {
    bench.copy(SamplePhotos.ANA, "photos");

    var ended = bench.run(input(PHOTOS, 4, 5));

    assertThat(ended.words().message())
        .startsWith("13 of 18 photos usable, the best 5 are used; add a photo in other light");
    var manifest = bench.manifest("intake");
    assertThat(manifest.filesBelow("photos/")).hasSize(10);
    var verdicts = verdicts(bench.stored(manifest.file("photos.json").orElseThrow()));
    assertThat(verdicts.values().stream().filter(PhotoVerdict::used)).hasSize(5);
    assertThat(verdicts.values().stream().filter(v -> v.verdict() == Verdict.Accepted)).hasSize(13);
  }

  @Test
  void aPhotoWithoutASidecarIsCaptionedWithTheSubject() throws IOException {
    threePhotos();
    Files.delete(root.resolve("photos/IMG_2002.txt"));

    bench.run(input(PHOTOS, 3, 20));

    assertThat(bench.stored(bench.manifest("intake").file("photos/IMG_2002.txt").orElseThrow()))
        .hasContent("photo of a sks person");
  }

  @Test
  void photosInABucketAreReadTheSame() throws IOException {
    try (var s3 = new S3StandIn()) {
      for (var name : THREE) {
        s3.objects.put("uploads/ana/" + name, Files.readAllBytes(SamplePhotos.ANA.resolve(name)));
      }
      bench.write("secret/accessKey", "key");
      bench.write("secret/secretKey", "secret");

      var ended = bench.run(input(s3.location("s3://uploads/ana", "/secret"), 3, 20));

      assertThat(ended.words().message()).startsWith("3 of 3 photos usable; add 7");
    }
  }

  @Test
  void aSecondPodWithTheSameInputFindsTheResult() throws IOException {
    threePhotos();
    var first = bench.run(input(PHOTOS, 3, 20));

    var second = bench.attempt(2).run(input(PHOTOS, 3, 20));

    assertThat(second.words()).isEqualTo(first.words());
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/intake/attempt-2")).doesNotExist();
  }

  @Test
  void aPodKilledBetweenFilesIsRepeatedToTheSameManifest() throws IOException {
    threePhotos();
    var first = bench.run(input(PHOTOS, 3, 20));
    var manifest = root.resolve("artifacts").resolve(first.words().manifest());
    var digest = Digests.of(manifest);
    Files.delete(manifest);
    Files.delete(bench.stored(bench.store().list(Bench.PREFIX).get(5)));

    var second = bench.run(input(PHOTOS, 3, 20));

    assertThat(Digests.of(manifest)).isEqualTo(digest);
    assertThat(second.words()).isEqualTo(first.words());
  }

  private void threePhotos() throws IOException {
    Files.createDirectories(root.resolve("photos"));
    for (var name : THREE) {
      Files.copy(SamplePhotos.ANA.resolve(name), root.resolve("photos").resolve(name));
    }
  }

  private static IntakeInput input(StoreLocation photos, int min, int max) {
    return new IntakeInput(
        photos,
        min,
        max,
        new IntakeInput.Quality(64, 60, 60),
        64,
        false,
        Bench.ANA,
        Bench.DRAWINGS);
  }

  private static TerminationMessage.Rejected rejected(String name, String reason) {
    return new TerminationMessage.Rejected(name, reason);
  }

  private static Map<String, PhotoVerdict> verdicts(Path file) throws IOException {
    return StageJson.json()
        .readValue(file.toFile(), new TypeReference<List<PhotoVerdict>>() {})
        .stream()
        .collect(toMap(PhotoVerdict::name, verdict -> verdict));
  }
}
