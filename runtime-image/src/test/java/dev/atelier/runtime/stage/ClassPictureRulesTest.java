package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.Verdict;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the class are judged before a model learns from them. */
class ClassPictureRulesTest {

  private static final int EDGE = 128;

  @TempDir private Path root;

  @Test
  void mostDrawnPeopleAreGoodEnoughAndWallsAreNot() {
    try (var judge = judge(Bench.DRAWINGS)) {
      long people =
          IntStream.range(0, 10).filter(seed -> judge.refusal(person(seed)).isEmpty()).count();

      assertThat(people).isGreaterThanOrEqualTo(7);
      assertThat(judge.refusal(wall())).contains(Verdict.NoFace);
    }
  }

  @Test
  void whatLooksIndecentIsRefused() {
    try (var judge = judge(Bench.withNudityFrom(0))) {
      assertThat(judge.refusal(person(1))).contains(Verdict.Unsafe);
    }
  }

  @Test
  void noModelIsOpenedWhereNothingIsJudged() {
    var nowhere =
        new PerceptionInput(
            new PerceptionInput.FaceDetector(
                "mtcnn", StoreLocation.directory("/nowhere"), List.of(0.3, 0.2, 0.2)),
            Bench.DRAWINGS.faceEmbedding(),
            Bench.DRAWINGS.nudity(),
            null,
            null,
            null,
            null,
            null);
    try (var judge = judge(nowhere)) {
      assertThatThrownBy(() -> judge.refusal(wall())).hasMessageContaining("/nowhere");
    }
    judge(nowhere).close();
  }

  private ClassPictureRules judge(PerceptionInput input) {
    var settings =
        new RuntimeSettings(
            Path.of("/"), "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());
    return new ClassPictureRules(new Stores(settings, root), input);
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
