package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WanEncodersTest {
  @Test
  void clipsAndCaptionsBecomeWhatTheDenoiserOfTheFolderLearnsFrom() throws IOException {
    var folder = Fixtures.folder("pipelines/wan22_ti2v_tiny");
    try (var torch = Torch.start();
        var scope = Scope.open();
        var encoders = WanEncoders.open(folder, FolderDigest.of(folder), torch)) {
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
    }
  }
}
