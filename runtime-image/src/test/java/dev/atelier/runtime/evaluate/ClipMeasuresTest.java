package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClipMeasuresTest {
  private static final int WIDTH = 160;

  @Test
  void aStillClipNeitherMovesNorFlickersAndRepeatsItsFrame() {
    var changes = FrameChanges.of(clip(t -> square(40, 0)));

    assertThat(changes.flicker()).isZero();
    assertThat(changes.motion()).isZero();
    assertThat(changes.duplicates()).isEqualTo(1);
  }

  @Test
  void aSquareThatMovesTwoPixelsAFrameDoesNotFlicker() {
    var changes = FrameChanges.of(clip(t -> square(20 + 2 * t, 0)));

    // Edges alone do not say how far they moved along themselves.
    assertThat(changes.motion()).isBetween(1.0 / WIDTH, 8.0 / WIDTH);
    assertThat(changes.flicker()).isLessThan(0.5);
    assertThat(changes.duplicates()).isZero();
  }

  @Test
  void brightnessThatAlternatesByFiveFlickersByTen() {
    var changes = FrameChanges.of(clip(t -> square(40, t % 2 == 0 ? 5 : -5)));

    assertThat(changes.flicker()).isCloseTo(10, Offset.offset(0.01));
    assertThat(changes.duplicates()).isZero();
  }

  @Test
  void everyFrameShownTwiceIsHalfOfThemRepeated() {
    var changes = FrameChanges.of(clip(t -> square(20 + 4 * (t / 2), 0)));

    assertThat(changes.duplicates()).isCloseTo(0.5, Offset.offset(0.1));
  }

  @Test
  void framesThatTurnAwayFromTheFirstAreLessAndLessConsistent() {
    var turning =
        Features.of(
            "angles",
            IntStream.range(0, 5)
                .mapToObj(t -> new float[] {(float) Math.cos(t * .1), (float) Math.sin(t * .1)})
                .toList());

    assertThat(TemporalConsistency.ofNeighbours(turning))
        .isCloseTo(Math.cos(0.1), Offset.offset(1e-6));
    assertThat(TemporalConsistency.toFirst(turning))
        .isCloseTo(
            (Math.cos(.1) + Math.cos(.2) + Math.cos(.3) + Math.cos(.4)) / 4, Offset.offset(1e-6));
  }

  @Test
  void clipsThatAreAlikeAreNearAndClipsWithShuffledFramesAreNot() {
    try (var torch = Torch.start()) {
      var real = walks(1, false);
      var alike = walks(2, false);
      var shuffled = walks(2, true);

      double near = FrechetDistance.of(torch, ClipFeatures.of(real), ClipFeatures.of(alike));
      double far = FrechetDistance.of(torch, ClipFeatures.of(real), ClipFeatures.of(shuffled));

      assertThat(far).isGreaterThan(10 * near);
    }
  }

  @Test
  void aSingleFrameIsNoClip() {
    assertThatThrownBy(() -> ClipFeatures.of(List.of(Features.of("m", List.of(new float[2])))))
        .hasMessageContaining("this one has 1");
    assertThatThrownBy(() -> FrameChanges.of(List.of(square(1, 0))))
        .hasMessageContaining("three frames or more");
  }

  /** Clips whose features walk steadily from a place of their own. */
  private static List<Features> walks(long seed, boolean shuffled) {
    var random = new Random(seed);
    var clips = new ArrayList<Features>();
    for (int clip = 0; clip < 60; clip++) {
      float start = (float) random.nextGaussian();
      var frames = new ArrayList<float[]>();
      for (int t = 0; t < 12; t++) {
        frames.add(new float[] {start + t, start - 2f * t});
      }
      if (shuffled) {
        Collections.shuffle(frames, random);
      }
      clips.add(Features.of("walk", frames));
    }
    return clips;
  }

  private static List<RgbImage> clip(IntFunction<RgbImage> frame) {
    return IntStream.range(0, 12).mapToObj(frame).toList();
  }

  /** A bright square of 32 pixels on a dark ground. */
  private static RgbImage square(int left, float brighter) {
    var values = new float[WIDTH * 96 * 3];
    for (int i = 0; i < values.length; i++) {
      int x = i / 3 % WIDTH;
      int y = i / 3 / WIDTH;
      boolean inside = x >= left && x < left + 32 && y >= 32 && y < 64;
      values[i] = (inside ? 200 : 50) + brighter;
    }
    return new RgbImage(WIDTH, 96, values);
  }
}
