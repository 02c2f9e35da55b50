package dev.atelier.runtime.model.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTextModelTest {
  private static final Path MODEL = Fixtures.folder("pipelines/sd15_tiny/text_encoder");
  private static final String WEIGHTS = "model.safetensors";

  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();
  @TempDir private Path folder;

  /** Version 5 of transformers leaves the prefix out; both are in the hub's folders. */
  @Test
  void aFolderOfTransformers5IsTheSameTextEncoder() throws IOException {
    Files.copy(MODEL.resolve("config.json"), folder.resolve("config.json"));
    var stored = SafeTensorsFile.readAll(torch, MODEL.resolve(WEIGHTS));
    var bare =
        stored.entrySet().stream()
            .collect(
                Collectors.toMap(
                    tensor -> tensor.getKey().replaceFirst("^text_model\\.", ""),
                    Map.Entry::getValue));
    assertThat(bare.keySet()).doesNotContainAnyElementsOf(stored.keySet());
    SafeTensorsWriter.write(folder.resolve(WEIGHTS), bare, Map.of("format", "pt"));
    Tensor ids = torch.tensor(new long[] {1, 5, 7, 2}, 1, 4);

    try (var before = ClipTextModel.load(torch, MODEL, Storage.MAPPED);
        var since = ClipTextModel.load(torch, folder, Storage.MAPPED)) {
      assertThat(since.forward(ids).last().toFloats())
          .isEqualTo(before.forward(ids).last().toFloats());
    }
  }
}
