package dev.atelier.runtime.pipeline.wan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.model.upscale.Upscaler;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.video.VideoReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFilesTest {
  @Test
  void aClipIsDeliveredInTheSizeAskedForWithAPreviewAndAStill(@TempDir Path folder)
      throws IOException {
    try (var torch = Torch.start();
        var scope = Scope.open();
        var network = RrdbNet.load(torch, Fixtures.folder("models/rrdbnet_x2"), Storage.MAPPED)) {
      var frames = new ClipFrames(clip(torch), Optional.of(new Upscaler(network)), 96, 54);

      var files =
          ClipFiles.write(
              folder, "cat", frames, 24, Map.of("comment", "a cat"), "<trainedAlgorithmicMedia/>");

      try (var reader = VideoReader.open(files.video())) {
        assertThat(reader.traits().width()).isEqualTo(96);
        assertThat(reader.traits().height()).isEqualTo(54);
        int read = 0;
        while (reader.next().isPresent()) {
          read++;
        }
        assertThat(read).isEqualTo(5);
      }
      var still = ImageIO.read(files.poster().toFile());
      assertThat(still.getWidth()).isEqualTo(96);
      assertThat(still.getHeight()).isEqualTo(54);
      for (Path marked : new Path[] {files.video(), files.poster()}) {
        assertThat(Files.readString(marked, StandardCharsets.ISO_8859_1))
            .contains("trainedAlgorithmicMedia");
      }
      assertThat(Files.readString(files.preview(), StandardCharsets.ISO_8859_1)).startsWith("RIFF");
      assertThat(frames.fit().described())
          .isEqualTo(
              "made in 64x32, enlarged x2 by a network, 7.1 columns cut off, resampled to 96x54");
    }
  }

  private static Tensor clip(Torch torch) {
    try (var generator = torch.generator(2)) {
      return generator.rand(1, 3, 5, 32, 64);
    }
  }
}
