package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the class are judged before a model learns from them. */
class ClassPictureJudgeTest {

  private static final int EDGE = 128;

  @TempDir private Path root;

  @Test
  void mostDrawnPeopleAreGoodEnoughAndWallsAreNot() {
    try (var judge = judge(Bench.DRAWINGS)) {
      long people =
          IntStream.range(0, 10).filter(seed -> !judge.refuses(person(seed), false)).count();

      assertThat(people).isGreaterThanOrEqualTo(7);
      assertThat(judge.refuses(wall(), false)).isTrue();
      assertThat(judge.refuses(wall(), true)).isTrue();
      assertThat(judge.summary())
          .hasValueSatisfying(
              sentence ->
                  assertThat(sentence)
                      .startsWith("12 class pictures drawn; drawn again from another seed: {NoFace")
                      .endsWith("no better after the last seed and kept: {NoFace=1}"));
    }
  }

  @Test
  void whatLooksIndecentIsDrawnAgainAndNeverTaken() {
    try (var judge = judge(Bench.withNudityFrom(0))) {
      assertThat(judge.refuses(person(1), false)).isTrue();

      assertThatThrownBy(() -> judge.refuses(person(1), true))
          .isInstanceOf(StageFailure.BadInput.class)
          .hasMessageContaining("training.priorPreservation.prompt");
    }
  }

  @Test
  void noModelIsOpenedWhereNothingIsJudged() {
    var nowhere = Bench.withThresholds(2, 2, 2);
    try (var judge = judge(nowhere)) {
      assertThat(judge.summary()).isEmpty();
    }
  }

  private ClassPictureJudge judge(PerceptionInput input) {
    var settings =
        new RuntimeSettings(
            Path.of("/"), "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());
    return new ClassPictureJudge(new Stores(settings, root), input);
  }

  private static RgbImage person(long seed) {
    return PortraitRenderer.draw(Identity.of(seed), Scene.of(seed), EDGE);
  }

  private static RgbImage wall() {
    var values = new float[EDGE * EDGE * 3];
    Arrays.fill(values, 180);
    return new RgbImage(EDGE, EDGE, values);
  }
}
