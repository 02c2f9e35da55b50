package dev.atelier.runtime.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.ClipPainter;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClipSetTest {

  @Test
  void ofClipsThatLookAlikeTheOneWithMostPixelsStays() {
    var large = clip("a-large", 640, ball(1));
    var small = clip("b-small", 320, smaller(ball(1)));
    var other = clip("c-other", 320, ball(2));

    var set = ClipSet.of(List.of(small, other, large), true);

    assertThat(set.clips())
        .extracting(ClipRecord::id, ClipRecord::verdict)
        .containsExactly(
            tuple("a-large", ClipVerdict.Accepted),
            tuple("b-small", ClipVerdict.NearDuplicate),
            tuple("c-other", ClipVerdict.Accepted));
    assertThat(set.clips().get(1).advice()).isEqualTo("nearly the same as a-large of a-large.mp4");
    assertThat(set.told()).isEqualTo("2 Accepted, 1 NearDuplicate");
  }

  @Test
  void theSameShapeInAnotherColourIsNoDuplicate() {
    var red = clip("red", 320, disc(Color.RED));
    var blue = clip("blue", 320, disc(Color.BLUE));

    assertThat(ClipSet.of(List.of(red, blue), true).accepted()).hasSize(2);
  }

  @Test
  void theSetIsTheSameInWhateverOrderClipsCome() {
    var clips = new ArrayList<ClipRecord>();
    for (int i = 0; i < 12; i++) {
      clips.add(clip("clip-" + i, 320 + i, ball(i / 3)));
    }
    var expected = ClipSet.of(clips, true);

    for (int i = 0; i < 5; i++) {
      Collections.shuffle(clips, new Random(i));
      assertThat(ClipSet.of(clips, true)).isEqualTo(expected);
    }
    assertThat(expected.accepted()).hasSize(4);
  }

  @Test
  void duplicatesStayWhereTheyAreWanted() {
    var set = ClipSet.of(List.of(clip("a", 320, ball(1)), clip("b", 320, ball(1))), false);

    assertThat(set.accepted()).hasSize(2);
  }

  private static List<RgbImage> ball(long seed) {
    var film = new ClipPainter(320, 180).ball(25, seed);
    return List.of(0, 12, 24).stream().map(film::frame).map(RgbImage::of).toList();
  }

  private static List<RgbImage> disc(Color colour) {
    var film =
        new ClipPainter(320, 180)
            .paint(
                3,
                (canvas, i) -> {
                  canvas.setColor(colour);
                  canvas.fillOval(40 + 60 * i, 60, 60, 60);
                });
    return List.of(0, 1, 2).stream().map(film::frame).map(RgbImage::of).toList();
  }

  private static List<RgbImage> smaller(List<RgbImage> frames) {
    return frames.stream().map(frame -> Resize.to(frame, 200, 112, Filter.BICUBIC)).toList();
  }

  private static ClipRecord clip(String id, int width, List<RgbImage> frames) {
    return new ClipRecord(
        id,
        id + ".mp4",
        ClipRecord.Kind.Video,
        0,
        ClipVerdict.Accepted,
        "",
        null,
        ClipMeasurements.sized(width, width * 9 / 16, 1.0),
        new Samples(frames, 0.25).fingerprints());
  }
}
