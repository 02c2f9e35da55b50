package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not keep what is written ends the stage before anything is published. */
class ReadBackTest {

  @TempDir private Path root;

  @Test
  void aFlippedBitIsFoundInWhateverIsExported() throws IOException {
    var exported =
        Map.of(
            Trainings.dreamBooth(1), Path.of("text_encoder/model.safetensors"),
            Trainings.inversion(1), Path.of("learned_embeds.safetensors"),
            lora("Diffusers"), Path.of("pytorch_lora_weights.safetensors"),
            lora("Kohya"), Path.of("kohya_lora_weights.safetensors"),
            lora("Peft"), Path.of("peft/unet/adapter_model.safetensors"));
    for (Map.Entry<TrainingInput, Path> one : exported.entrySet()) {
      var file = one.getValue();
      var bench = new TrainBench(root, "r-" + file.getFileName()).withPhotos();

      var refused = bench.fails(one.getKey(), damaged(file, ReadBackTest::flipLastBit));

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused)
          .hasMessageContaining(String.valueOf(file.getName(0)))
          .hasMessageContaining("reads back otherwise than it was written")
          .hasMessageContaining("nothing was published");
      assertPublishedNothing(bench);
    }
  }

  @Test
  void aFileThatIsCutOffIsNotPublishedEither() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();
    var file = Path.of("pytorch_lora_weights.safetensors");

    var refused = bench.fails(lora("Diffusers"), damaged(file, f -> f.setLength(f.length() - 4)));

    assertThat(refused).hasMessageContaining("cannot be read").hasMessageContaining("truncated");
    assertPublishedNothing(bench);
  }

  private static TrainingInput lora(String form) {
    return Trainings.loraOf(1).text("Frozen").exported(form).input();
  }

  private static void assertPublishedNothing(TrainBench bench) {
    assertThat(bench.store.list(bench.prefix() + "/train"))
        .extracting(ArtifactStore.Entry::key)
        .noneMatch(key -> key.contains("/model/") || key.endsWith("train/manifest.json"));
  }

  private interface Damage {
    void to(RandomAccessFile file) throws IOException;
  }

  private static ExportedWeights damaged(Path file, Damage damage) {
    return (method, folder, metadata) -> {
      List<Path> written = method.export(folder, metadata);
      try (var onDisk = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
        damage.to(onDisk);
      }
      return written;
    };
  }

  private static void flipLastBit(RandomAccessFile file) throws IOException {
    long last = file.length() - 1;
    file.seek(last);
    int value = file.read();
    file.seek(last);
    file.write(value ^ 1);
  }
}
