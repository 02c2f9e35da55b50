package dev.atelier.runtime.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraFuseTest {

  private static final Path MODEL = Path.of("src/test/resources/fixtures/pipelines/sd15_tiny");
  private static final String LAYER = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q";
  private static final double TOLERANCE = 1e-6;

  @TempDir private Path folder;
  private Torch torch;
  private Scope scope;
  private UNet2DConditionModel unet;
  private ClipTextModel text;
  private LoraTargets targets;

  @BeforeEach
  void load() {
    torch = Torch.start(1);
    scope = Scope.open();
    unet = ModelFiles.of(MODEL).unet(torch, Storage.MAPPED);
    text = ModelFiles.of(MODEL).text(torch, Storage.MAPPED);
    targets = new LoraTargets(unet, List.of(text));
  }

  @AfterEach
  void close() {
    unet.close();
    text.close();
    scope.close();
    torch.close();
  }

  @Test
  void anAdapterIsScaledByAlphaOverRank() throws IOException {
    var before = weight();
    var file = file(adapter("lora.down", "lora.up"), Map.of("lora_adapter_metadata", alpha(8)));

    fuse(file);

    assertThat(change(before)).isCloseTo(8.0 / 2 * 2 * 0.5 * 0.25, near());
  }

  @Test
  void withoutMetadataAlphaIsTheRankAndPeftsNamesAreRead() throws IOException {
    var before = weight();

    fuse(file(adapter("lora_A", "lora_B"), Map.of()));

    assertThat(change(before)).isCloseTo(2 * 0.5 * 0.25, near());
  }

  /** Memory plans count on it. */
  @Test
  void weightsHeldInHalfPrecisionStayInItWithAnAdapter() throws IOException {
    unet.close();
    unet = ModelFiles.of(MODEL).unet(torch, Storage.BFLOAT16);
    targets = new LoraTargets(unet, List.of(text));

    fuse(file(adapter("lora_A", "lora_B"), Map.of()));

    assertThat(unet.modules().parameters().values())
        .allMatch(parameter -> parameter.dtype() == DType.BFLOAT16);
  }

  @Test
  void aTensorWithoutItsAdapterIsRefusedByName() throws IOException {
    var tensors = new HashMap<>(adapter("lora.down", "lora.up"));
    tensors.put("unet.mid_block.alpha", torch.ones(1));
    var file = file(tensors, Map.of());

    assertThatThrownBy(() -> fuse(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("unet.mid_block lacks its DOWN part");
  }

  @Test
  void aLayerThatTheModelLacksIsNamedWithTheNearestOne() throws IOException {
    var file =
        file(
            Map.of(
                "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_x.lora.down.weight",
                torch.ones(2, 4),
                "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_x.lora.up.weight",
                torch.ones(4, 2)),
            Map.of());

    assertThatThrownBy(() -> fuse(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("attn1.to_x")
        .hasMessageContaining("the nearest is mid_block.attentions.0");
  }

  private void fuse(Path file) {
    try (var lora = LoraFile.read(torch, file, targets)) {
      lora.fuse(targets, 1);
    }
  }

  private float[] weight() {
    return unet.modules().adaptable(LAYER).weight().toFloats();
  }

  /** Every entry of the weight changes by the same amount. */
  private double change(float[] before) {
    return weight()[0] - before[0];
  }

  private Map<String, Tensor> adapter(String down, String up) {
    long width = unet.modules().adaptable(LAYER).weight().size(0);
    return Map.of(
        "unet." + LAYER + "." + down + ".weight", torch.full(0.5, 2, width),
        "unet." + LAYER + "." + up + ".weight", torch.full(0.25, width, 2));
  }

  private Path file(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
    var file = folder.resolve("lora.safetensors");
    SafeTensorsWriter.write(file, tensors, metadata);
    return file;
  }

  private static String alpha(int alpha) {
    return "{\"unet.r\": 2, \"unet.lora_alpha\": %d}".formatted(alpha);
  }

  private static Offset<Double> near() {
    return Offset.offset(TOLERANCE);
  }
}
