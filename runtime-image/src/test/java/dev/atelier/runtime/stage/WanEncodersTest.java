package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.pipeline.wan.EncodingPlan;
import dev.atelier.runtime.pipeline.wan.MemoryBudgetException;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clips and captions are encoded within the memory there is. */
class WanEncodersTest {
  private static final Path FOLDER = Fixtures.folder("pipelines/wan22_ti2v_tiny");
  private static final WanFiles FILES = WanFiles.of(FOLDER);
  private static final List<EncodingPlan.Clips> SMALL = List.of(new EncodingPlan.Clips(32, 64, 5));
  private static final List<EncodingPlan.Clips> LARGE =
      List.of(new EncodingPlan.Clips(32, 64, 5), new EncodingPlan.Clips(1280, 704, 121));
  private static final long ROOM = 1L << 40;

  @Test
  void clipsAndCaptionsBecomeWhatTheDenoiserOfTheFolderLearnsFrom() throws IOException {
    try (var torch = Torch.start();
        var scope = Scope.open();
        var encoders =
            WanEncoders.open(
                FOLDER,
                FolderDigest.of(FOLDER),
                torch,
                List.of(new LatentShape("low", 32, 64, 5)))) {
      assertThat(encoders.latents().multiple()).isEqualTo(32);
      assertThat(encoders.latents().encode(torch.zeros(1, 3, 5, 64, 32)).shape())
          .containsExactly(6, 2, 4, 2);
      var caption = encoders.captions().encode("a photo of a red cat");
      assertThat(caption.size(1)).isEqualTo(32);
      assertThat(caption.size(0)).isBetween(4L, 40L);
      assertThat(encoders.captions().encode("").shape()).containsExactly(1, 32);
      assertThat(encoders.latents().sha256()).hasSize(64);
      assertThat(encoders.captions().sha256())
          .hasSize(64)
          .isNotEqualTo(encoders.latents().sha256());
      assertThat(encoders.latents().way()).isEqualTo("whole");
    }
  }

  @Test
  void withoutRoomForBothTheEncodersTakeTurnsAndGiveTheVerySameNumbers() throws IOException {
    var both = EncodingPlan.of(FILES, SMALL, ROOM);
    var turns = EncodingPlan.of(FILES, SMALL, both.peak() - 1);
    assertThat(both.together()).isTrue();
    assertThat(both.lines().get(0)).endsWith("with both encoders kept");
    assertThat(turns.together()).isFalse();
    assertThat(turns.peak()).isLessThan(both.peak());
    assertThat(turns.lines().get(0)).contains("planned peak").endsWith("the encoders take turns");
    assertThat(turns.lines().get(1)).startsWith("text encoder (whole): ");
    assertThat(turns.lines().get(2)).startsWith("autoencoder (whole): ");

    try (var torch = Torch.start();
        var scope = Scope.open()) {
      var kept = encoded(torch, both);
      var alternating = encoded(torch, turns);
      assertThat(alternating.latents()).isEqualTo(kept.latents());
      assertThat(alternating.caption()).isEqualTo(kept.caption());
    }
  }

  /** A clip and a caption as the encoders of a plan give them. */
  private record Encoded(float[] latents, float[] caption) {}

  private static Encoded encoded(Torch torch, EncodingPlan plan) throws IOException {
    try (var seats = new EncoderTurns(torch, FILES, plan)) {
      var encoders = WanEncoders.opened(FILES, FolderDigest.of(FOLDER), torch, plan, seats);
      var caption = encoders.captions().encode("a red cat").toFloats();
      var latents = encoders.latents().encode(clip(torch)).toFloats();
      assertThat(encoders.captions().encode("a red cat").toFloats()).isEqualTo(caption);
      assertThat(seats.bothLoaded()).isEqualTo(plan.together());
      return new Encoded(latents, caption);
    }
  }

  private static Tensor clip(Torch torch) {
    var values = new float[3 * 5 * 64 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 1e-3);
    }
    return torch.tensor(values, 1, 3, 5, 64, 32);
  }

  @Test
  void largeClipsPassInSquaresAndTheLargestDecides() {
    var whole = EncodingPlan.of(FILES, LARGE, ROOM);
    var squares = EncodingPlan.of(FILES, LARGE, whole.autoencoder().total() - 1);

    assertThat(whole.tiles()).isFalse();
    assertThat(squares.tiles()).isTrue();
    assertThat(squares.autoencoder().total()).isLessThan(whole.autoencoder().total());
    assertThat(squares.lines().get(2)).startsWith("autoencoder (in squares): ");
    assertThat(EncodingPlan.decodesInTiles(FILES, LARGE.get(1), ROOM)).isFalse();
    assertThat(EncodingPlan.decodesInTiles(FILES, LARGE.get(1), whole.autoencoder().total() - 1))
        .isTrue();
  }

  @Test
  void anEncoderThatFitsInNoWayIsRefusedWithItsPeakBeforeTheWorkBegins() {
    assertThatThrownBy(() -> EncodingPlan.of(FILES, LARGE, 100_000_000))
        .isInstanceOf(MemoryBudgetException.class)
        .hasMessageStartingWith("preparing the clips needs ")
        .hasMessageContaining("at its peak and there are 0.09 GiB: autoencoder (in squares)")
        .hasMessageContaining("Ask for fewer frames, a smaller size");
  }
}
