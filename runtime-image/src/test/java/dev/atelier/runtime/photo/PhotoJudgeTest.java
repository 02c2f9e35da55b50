package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.perception.Perception;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoJudgeTest {
  private static Perception drawings;
  private static Perception photographs;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    drawings = SamplePhotos.forDrawings();
    photographs = SamplePhotos.forPhotographs();
  }

  @AfterAll
  static void unload() {
    drawings.close();
    photographs.close();
  }

  @Test
  void theSampleSetGetsTheVerdictsItWasDrawnFor() throws IOException {
    var report =
        new PhotoJudge(drawings, SamplePhotos.drawings())
            .judge(PhotoFolder.photos(SamplePhotos.ANA));

    assertThat(report.accepted()).hasSize(13);
    var rejected = new TreeMap<String, Verdict>();
    report.rejected().forEach(photo -> rejected.put(photo.name(), photo.verdict()));
    assertThat(rejected)
        .isEqualTo(
            Map.of(
                "IMG_2020_blurred.jpg", Verdict.Blurred,
                "IMG_2021_two_people.jpg", Verdict.SeveralFaces,
                "IMG_2022_nobody.jpg", Verdict.NoFace,
                "IMG_2023_same_again.jpg", Verdict.NearDuplicate,
                "IMG_2024_someone_else.jpg", Verdict.DifferentPerson));
    assertThat(advice(report, "IMG_2023_same_again.jpg")).contains("IMG_2003.jpg");
    assertThat(advice(report, "IMG_2021_two_people.jpg")).contains("2 faces");
    assertThat(report.accepted())
        .allSatisfy(
            photo ->
                assertThat(photo.measurements().distance().orElseThrow()).isBetween(0.05, 0.38));
  }

  @Test
  void theOrderOfTheFilesDoesNotMatter() throws IOException {
    var files = new ArrayList<>(PhotoFolder.photos(SamplePhotos.ANA).subList(8, 18));
    var judge = new PhotoJudge(drawings, SamplePhotos.drawings());
    var report = judge.judge(files);
    Collections.reverse(files);

    assertThat(judge.judge(files)).isEqualTo(report);
    assertThat(report.photos()).extracting(JudgedPhoto::name).isSorted();
  }

  @Test
  void aStrangerAmongTwoPhotosOfOnePersonIsFound() {
    var report =
        judge(
            SamplePhotos.resource("photos/obama.jpg"),
            SamplePhotos.resource("photos/obama2.jpg"),
            SamplePhotos.resource("photos/biden.jpg"));

    assertThat(verdicts(report))
        .containsExactly(Verdict.DifferentPerson, Verdict.Accepted, Verdict.Accepted);
  }

  @Test
  void aSmallFaceIsToldHowSmallItIs() throws IOException {
    var report = judge(edited("small.png", "obama.jpg", 300, 1f));

    assertThat(verdicts(report)).containsExactly(Verdict.FaceTooSmall);
    assertThat(report.photos().get(0).advice())
        .matches("move closer: the face is \\d\\d px wide, 128 needed");
  }

  @Test
  void tooLittleAndTooMuchLightAreTold() throws IOException {
    var report =
        judge(
            edited("a-dark.png", "obama.jpg", 910, 0.2f),
            edited("b-bright.png", "biden.jpg", 970, 3.2f));

    assertThat(verdicts(report)).containsExactly(Verdict.TooDark, Verdict.TooBright);
  }

  @Test
  void theSamePictureInAnotherSizeIsANearDuplicateOfTheSharperOne() throws IOException {
    var report =
        judge(
            SamplePhotos.resource("photos/obama.jpg"), edited("again.jpg", "obama.jpg", 640, 1.1f));

    assertThat(report.accepted()).hasSize(1);
    assertThat(report.rejected())
        .extracting(JudgedPhoto::verdict)
        .containsExactly(Verdict.NearDuplicate);
  }

  @Test
  void aHeadTurnedFartherThanAllowedIsAnExtremePose() {
    var strict = new PhotoSettings(128, 60, 15, 0.6, 0.8);
    var report =
        new PhotoJudge(photographs, strict)
            .judge(
                List.of(
                    SamplePhotos.resource("photos/obama.jpg"),
                    SamplePhotos.resource("photos/obama2.jpg")));

    assertThat(verdicts(report)).containsExactly(Verdict.Accepted, Verdict.ExtremePose);
    assertThat(report.photos().get(1).advice())
        .contains("turn towards the camera")
        .contains("at most 15");
  }

  @Test
  void aScoreAboveTheBlockIsUnsafe() {
    var nothingPasses = new PhotoSettings(128, 60, 60, 0.6, 0.0);
    var report =
        new PhotoJudge(photographs, nothingPasses)
            .judge(List.of(SamplePhotos.resource("photos/obama.jpg")));

    assertThat(verdicts(report)).containsExactly(Verdict.Unsafe);
  }

  @Test
  void anUnreadableFileDoesNotStopTheOthers() throws IOException {
    var text = Files.writeString(folder.resolve("a.jpg"), "hello");
    var report = judge(text, SamplePhotos.resource("photos/obama.jpg"));

    assertThat(verdicts(report)).containsExactly(Verdict.Unreadable, Verdict.Accepted);
    assertThat(report.photos().get(0).measurements()).isEqualTo(Measurements.none());
  }

  private static PhotoReport judge(Path... files) {
    return new PhotoJudge(photographs, PhotoSettings.defaults()).judge(List.of(files));
  }

  private static List<Verdict> verdicts(PhotoReport report) {
    return report.photos().stream().map(JudgedPhoto::verdict).toList();
  }

  private static String advice(PhotoReport report, String name) {
    return report.photos().stream()
        .filter(photo -> photo.name().equals(name))
        .findFirst()
        .orElseThrow()
        .advice();
  }

  private Path edited(String name, String photo, int width, float light) throws IOException {
    var source = ImageIO.read(SamplePhotos.resource("photos/" + photo).toFile());
    int height = source.getHeight() * width / source.getWidth();
    var copy = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = copy.createGraphics();
    canvas.drawImage(
        source.getScaledInstance(width, height, BufferedImage.SCALE_AREA_AVERAGING), 0, 0, null);
    canvas.dispose();
    var file = folder.resolve(name);
    ImageIO.write(
        new RescaleOp(light, 0, null).filter(copy, null),
        name.substring(name.lastIndexOf('.') + 1),
        file.toFile());
    return file;
  }
}
