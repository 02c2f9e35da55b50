package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.latent.LatentClips;
import dev.atelier.runtime.latent.LatentFiles;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedLatentsTest {

  @TempDir private Path root;
  private Bench bench;
  private LatentIndex index;

  @BeforeEach
  void prepare() throws IOException {
    bench = new Bench(root);
    Films.paint(root);
    PrepareVideoStageTest.run(bench, Films.latents(1), bench.store());
    var file = bench.manifest("preparevideo").file("latents.json").orElseThrow();
    index = LatentIndex.read(Files.readAllBytes(bench.stored(file)));
  }

  @Test
  void everyClipIsThereInEverySizeThatTrainingAsksFor() {
    assertThat(index.clips()).hasSize(7);
    assertThat(index.clips().stream().filter(LatentIndex.Entry::image)).hasSize(2);
    try (var torch = Torch.start();
        var scope = Scope.open()) {
      var files = files(torch);
      for (var clip : index.clips()) {
        long frames = clip.image() ? 1 : 3;
        var low = files.latents(clip, "low").shape();
        boolean upright = clip.id().startsWith("an_upright");
        assertThat(low[0]).isEqualTo(192);
        assertThat(low[1]).isEqualTo(frames);
        assertThat(low[2] > low[3]).as("%s keeps its shape", clip.id()).isEqualTo(upright);
        assertThat(files.latents(clip, "high").size(1)).isEqualTo(clip.image() ? 1 : 7);
        assertThat(files.caption(clip).size(0)).isEqualTo(clip.caption().split(" ").length);
      }
      assertThat(files.noCaption().toFloats()).containsOnly(0f);
    }
  }

  @Test
  void theFirstLatentFrameHoldsTheFirstFramesPixels() {
    try (var torch = Torch.start();
        var scope = Scope.open()) {
      var clip =
          index.clips().stream()
              .filter(one -> one.id().equals("ball_on_a_wall-000"))
              .findFirst()
              .orElseThrow();

      var latents = files(torch).latents(clip, "high");

      // The mean over all patches of the red channel is the mean of the frame's red.
      double red = latents.narrow(1, 0, 1).narrow(0, 0, 64).mean().item();
      assertThat(red).isBetween(-1.0, 1.0);
      assertThat(latents.abs().max().item()).isCloseTo(1, within(0.5));
    }
  }

  @Test
  void trainingReadsClipsAndPicturesApart() {
    try (var torch = Torch.start();
        var scope = Scope.open()) {
      var clips = LatentClips.of(files(torch), "low", files(torch).index().entries(false));
      var pictures = LatentClips.of(files(torch), "low", files(torch).index().entries(true));

      assertThat(clips.size()).isEqualTo(5);
      assertThat(pictures.size()).isEqualTo(2);
      assertThat(clips.latents(0).size(1)).isEqualTo(3);
      assertThat(pictures.latents(0).size(1)).isEqualTo(1);
      assertThat(pictures.caption(1).size(0)).isPositive();
    }
  }

  @Test
  void latentsOfAnotherAutoencoderAreRefused() {
    index.require("a".repeat(64), "b".repeat(64));

    assertThatThrownBy(() -> index.require("c".repeat(64), "b".repeat(64)))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("latents were made with another autoencoder")
        .hasMessageContaining("raise spec.runNonce");
    assertThatThrownBy(() -> index.require("a".repeat(64), "c".repeat(64)))
        .hasMessageContaining("caption embeddings were made with another text encoder");
  }

  private LatentFiles files(Torch torch) {
    var manifest = bench.manifest("preparevideo");
    return new LatentFiles(
        torch, index, name -> StageFolder.open(bench.store(), manifest.file(name).orElseThrow()));
  }
}
