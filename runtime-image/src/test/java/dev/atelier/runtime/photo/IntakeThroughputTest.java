package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.perception.MtcnnSettings;
import dev.atelier.runtime.perception.Perception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Run by {@code mvn verify -pl crds,runtime-image -Pendurance -Dtest=IntakeThroughputTest
 * -Dsurefire.failIfNoSpecifiedTests=false}: how many photos of twelve megapixels are judged in a
 * second, the figure of {@code docs/photos.md}.
 */
@Tag("endurance")
class IntakeThroughputTest {

  private static final int PHOTOS = 30;
  private static final int ROUNDS = 3;
  private static final int WIDTH = 3000;
  private static final int LEAST_PIXELS = 11_000_000;
  private static final List<String> PORTRAITS = List.of("obama.jpg", "obama2.jpg", "biden.jpg");

  @TempDir private Path folder;

  @Test
  void photosOfTwelveMegapixelsAreJudgedFasterThanAnyoneUploadsThem() throws IOException {
    var plain = Files.createDirectory(folder.resolve("sRGB"));
    var wide = Files.createDirectory(folder.resolve("Display P3"));
    for (int i = 0; i < PHOTOS; i++) {
      // Another gain each, so that none is the copy of another.
      var photo =
          Darkroom.resized(
              Darkroom.exposed(
                  PhotoCase.photo(PORTRAITS.get(i % PORTRAITS.size())), 0.9 + 0.006 * i, 0),
              WIDTH);
      assertThat(photo.getWidth() * photo.getHeight()).isGreaterThan(LEAST_PIXELS);
      var jpeg = JpegFiles.plain(photo, 0.9f);
      Files.write(plain.resolve("%02d.jpg".formatted(i)), jpeg);
      Files.write(wide.resolve("%02d.jpg".formatted(i)), JpegFiles.inDisplayP3(jpeg));
    }
    try (var perception =
        Perception.shipped(MtcnnSettings.photographs(), PhotoJudge.threadsPerPhoto())) {
      var judge = new PhotoJudge(perception, PhotoSettings.defaults());
      for (int round = 1; round <= ROUNDS; round++) {
        measure(judge, plain, round);
        measure(judge, wide, round);
      }
    }
  }

  private static void measure(PhotoJudge judge, Path photos, int round) throws IOException {
    var begun = Instant.now();
    var report = judge.judge(PhotoFolder.photos(photos));
    double seconds = Duration.between(begun, Instant.now()).toMillis() / 1e3;
    assertThat(report.photos()).hasSize(PHOTOS).allMatch(photo -> photo.face().isPresent());
    System.out.printf(
        "INTAKE round %d, %s: %.1f photos a second on %d processors%n",
        round, photos.getFileName(), PHOTOS / seconds, Runtime.getRuntime().availableProcessors());
  }
}
