package dev.atelier.runtime.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.video.ClipPainter;
import dev.atelier.runtime.video.ClipPainter.Packing;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipScanTest {

  private static final ClipSettings SETTINGS =
      new ClipSettings(25, 24, 320, 180, 60, 0.5, true, true, true, 0.8);

  /** A film of 25 frames with its index at the beginning. */
  private static final Path PURPLE =
      Path.of("../samples/video/purple/clips/a_purple_ball_moving_down_on_a_brown_ground.mp4");

  @TempDir private Path folder;
  private double nudity;

  @Test
  void aMovingBallOnAWallIsAccepted() {
    film("ball.mp4", new ClipPainter(320, 180).ball(25, 1));

    var clips = scan(SETTINGS);

    assertThat(clips).extracting(ClipRecord::verdict).containsExactly(ClipVerdict.Accepted);
    var measured = clips.get(0).measured();
    assertThat(measured.seconds()).isEqualTo(1.0);
    assertThat(measured.motion()).isGreaterThan(1.0);
    assertThat(measured.sharpness()).isGreaterThan(60);
    assertThat(measured.text()).isLessThan(0.01);
    assertThat(measured.bars()).isZero();
    assertThat(clips.get(0).id()).isEqualTo("ball-000");
  }

  @Test
  void aPanIsMeasuredInPixelsPerFrame() {
    // The wall moves 4 pixels in each frame, everything with it.
    var wide = new ClipPainter(480, 180).still(1, 8).frame(0);
    film(
        "pan.mp4",
        new ClipPainter(320, 180)
            .paint(25, (canvas, i) -> canvas.drawImage(wide, -4 * i, 0, null)));

    assertThat(scan(SETTINGS).get(0).measured().motion()).isCloseTo(4, within(1.0));
  }

  @Test
  void eachKindOfJunkHasItsVerdict() throws IOException {
    film("bars.mp4", new ClipPainter(320, 180).ball(25, 2).barred(0.25));
    film("blurred.mp4", new ClipPainter(320, 180).ball(25, 3).blurred(9));
    film("dark.mp4", new ClipPainter(320, 180).ball(25, 4).darkened());
    film("short.mp4", new ClipPainter(320, 180).ball(12, 5));
    film("small.mp4", new ClipPainter(160, 90).ball(25, 6));
    film("static.mp4", new ClipPainter(320, 180).still(25, 7));
    film(
        "text.mp4",
        new ClipPainter(320, 180)
            .ball(25, 8)
            .subtitled("I have never seen a film", "with so many words in it"));
    Files.writeString(folder.resolve("unreadable.mp4"), "no film at all");

    assertThat(scan(SETTINGS))
        .extracting(ClipRecord::source, ClipRecord::verdict)
        .containsExactly(
            row("bars.mp4", ClipVerdict.Letterboxed),
            row("blurred.mp4", ClipVerdict.Blurred),
            row("dark.mp4", ClipVerdict.TooDark),
            row("short.mp4", ClipVerdict.TooShort),
            row("small.mp4", ClipVerdict.TooSmall),
            row("static.mp4", ClipVerdict.Static),
            row("text.mp4", ClipVerdict.TextHeavy),
            row("unreadable.mp4", ClipVerdict.Unreadable));
  }

  @Test
  void everyVerdictSaysWhatToDo() throws IOException {
    film("short.mp4", new ClipPainter(320, 180).ball(12, 5));
    film("static.mp4", new ClipPainter(320, 180).still(25, 7));

    assertThat(scan(SETTINGS))
        .extracting(ClipRecord::advice)
        .satisfiesExactly(
            advice -> assertThat(advice).contains("lasts 0.5 s, a clip 1.0 s"),
            advice -> assertThat(advice).contains("0.00 pixels per frame, 0.50 needed"));
  }

  @Test
  void whatTheSafetyModelRefusesIsUnsafeUnlessSafetyIsOff() {
    film("ball.mp4", new ClipPainter(320, 180).ball(25, 1));
    nudity = 0.93;

    assertThat(scan(SETTINGS).get(0).verdict()).isEqualTo(ClipVerdict.Unsafe);
    assertThat(scan(SETTINGS).get(0).measured().nudity()).isEqualTo(0.93);
    var off = new ClipSettings(25, 24, 320, 180, 60, 0.5, true, true, false, 0.8);
    assertThat(scan(off).get(0).verdict()).isEqualTo(ClipVerdict.Accepted);
  }

  @Test
  void aFilmIsCutIntoScenesAndScenesIntoClips() {
    // 60 frames, a cut, 30 frames, a cut, 10 frames.
    var film = new ClipPainter(320, 180).ball(60, 11).ball(30, 12).ball(10, 13);
    film("film.mp4", film);

    var clips = scan(SETTINGS);

    assertThat(clips)
        .extracting(ClipRecord::verdict)
        .containsExactly(
            ClipVerdict.Accepted, ClipVerdict.Accepted, ClipVerdict.Accepted, ClipVerdict.TooShort);
    assertThat(clips.stream().map(ClipRecord::start).map(start -> Math.round(start * 24)).toList())
        .containsExactly(0L, 24L, 60L, 90L);
    assertThat(clips.get(3).measured().seconds()).isCloseTo(10 / 24.0, within(0.01));
  }

  @Test
  void aBallOnABlackGroundHasNoBlackBars() {
    film(
        "space.mp4",
        new ClipPainter(320, 180)
            .paint(
                25,
                (canvas, i) -> {
                  canvas.setColor(Color.RED);
                  canvas.fillOval(20 + 8 * i, 60, 60, 60);
                }));

    var clip = scan(SETTINGS).get(0);

    assertThat(clip.measured().bars()).isZero();
    assertThat(clip.measured().motion()).isGreaterThan(4);
  }

  @Test
  void aSquareThatFallsStraightDownOverBlackLeavesNoBarsBesideItsWay() {
    film(
        "fall.mp4",
        new ClipPainter(320, 180)
            .paint(
                25,
                (canvas, i) -> {
                  canvas.setColor(Color.RED);
                  canvas.fillRect(130, 5 * i, 60, 60);
                }));

    var clip = scan(SETTINGS).get(0);

    assertThat(clip.measured().bars()).isZero();
  }

  @Test
  void aFileThatIsCutOffInTheMiddleIsUnreadableAndTheOthersAreNot() throws IOException {
    film("a.webm", new ClipPainter(320, 180).ball(24 * 8, 1), Packing.VP9_WEBM);
    film("b.mp4", new ClipPainter(320, 180).ball(25, 2));
    var bytes = Files.readAllBytes(folder.resolve("a.webm"));
    Files.write(folder.resolve("a.webm"), Arrays.copyOf(bytes, bytes.length / 3));
    film("c.mp4", new ClipPainter(320, 180).ball(25, 3));

    var clips = scan(SETTINGS);

    assertThat(clips)
        .extracting(ClipRecord::verdict)
        .containsExactly(ClipVerdict.Unreadable, ClipVerdict.Accepted, ClipVerdict.Accepted);
    assertThat(clips.get(0).advice()).contains("cut off");
  }

  /** Too short would send its owner to look for a longer film. */
  @Test
  void aShortFilmThatIsCutOffIsUnreadableAndNotTooShort() throws IOException {
    var bytes = Files.readAllBytes(PURPLE);
    Files.write(folder.resolve("a.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
    film("b.mp4", new ClipPainter(320, 180).ball(12, 1));

    var clips = scan(SETTINGS);

    assertThat(clips)
        .extracting(ClipRecord::verdict)
        .containsExactly(ClipVerdict.Unreadable, ClipVerdict.TooShort);
    assertThat(clips.get(0).advice()).contains("damaged at", "copy it again");
  }

  @Test
  void aFilmThatIsDamagedInTheMiddleLosesTheClipsWithTheDamageAndKeepsTheOthers()
      throws IOException {
    film("a.mp4", new ClipPainter(320, 180).ball(24 * 8, 1));
    var bytes = Files.readAllBytes(folder.resolve("a.mp4"));
    var dice = new Random(3);
    for (int i = bytes.length * 2 / 5; i < bytes.length / 2; i++) {
      bytes[i] = (byte) dice.nextInt();
    }
    Files.write(folder.resolve("a.mp4"), bytes);

    var clips = scan(SETTINGS);

    assertThat(clips.get(0).verdict()).isEqualTo(ClipVerdict.Accepted);
    var damaged = clips.stream().filter(c -> c.verdict() == ClipVerdict.Unreadable).toList();
    assertThat(damaged).isNotEmpty();
    assertThat(damaged)
        .allSatisfy(
            clip -> {
              assertThat(clip.start()).isBetween(0.9, 5.0);
              assertThat(clip.advice()).contains("damaged at", "copy it again");
            });
  }

  @Test
  void picturesAreClipsOfOneFrame() throws IOException {
    ImageIO.write(
        new ClipPainter(640, 360).still(1, 3).frame(0), "png", folder.resolve("a.png").toFile());
    ImageIO.write(
        new ClipPainter(60, 40).still(1, 3).frame(0), "png", folder.resolve("b.png").toFile());

    var clips = scan(SETTINGS);

    assertThat(clips)
        .extracting(ClipRecord::id, ClipRecord::kind, ClipRecord::verdict)
        .containsExactly(
            tuple("a", ClipRecord.Kind.Image, ClipVerdict.Accepted),
            tuple("b", ClipRecord.Kind.Image, ClipVerdict.TooSmall));
    assertThat(clips.get(0).measured().motion()).isNull();
  }

  @Test
  void standardClipsHaveExactlyTheirFramesInTheSizeOfTheirShape() throws IOException {
    film("wide.mp4", new ClipPainter(640, 360).ball(25, 1));
    film("tall.mp4", new ClipPainter(360, 640).ball(25, 2));
    film("fast.mp4", new ClipPainter(640, 360).ball(61, 3).pace(60));

    for (var file : MediaSet.of(new FileStore(folder), "")) {
      var clip = new ClipScan(SETTINGS, nudity()).scan(file).get(0).record();
      var frames = new StandardClip(SETTINGS).frames(file, clip);
      assertThat(frames).as(file.name()).hasSize(25);
      assertThat(List.of(frames.get(24).width(), frames.get(24).height()))
          .isEqualTo(file.name().equals("tall.mp4") ? List.of(176, 320) : List.of(320, 180));
    }
  }

  private static Tuple row(String file, ClipVerdict verdict) {
    return tuple(file, verdict);
  }

  private void film(String name, ClipPainter painter) {
    film(name, painter, Packing.H264_MP4);
  }

  private void film(String name, ClipPainter painter, Packing packing) {
    painter.write(folder.resolve(name), packing);
  }

  private List<ClipRecord> scan(ClipSettings settings) {
    var scan = new ClipScan(settings, nudity());
    return MediaSet.of(new FileStore(folder), "").stream()
        .flatMap(file -> scan.scan(file).stream())
        .map(ScannedClip::record)
        .toList();
  }

  private Optional<NudityScore> nudity() {
    return Optional.of(
        new NudityScore() {
          @Override
          public double score(RgbImage picture) {
            return nudity;
          }

          @Override
          public String protocol() {
            return "always the same";
          }
        });
  }
}
