package dev.atelier.runtime.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraFileTest {
  private static final String QUERY = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";
  private static Torch torch;
  private static UNet2DConditionModel unet;
  private static ClipTextModel text;
  private static LoraTargets targets;

  @TempDir private Path folder;

  @BeforeAll
  static void loadTheBaseModel() {
    torch = Torch.start();
    unet = UNet2DConditionModel.load(torch, fixture("pipelines/sd15_tiny/unet"), Storage.MAPPED);
    text = ClipTextModel.load(torch, fixture("pipelines/sd15_tiny/text_encoder"), Storage.MAPPED);
    targets = new LoraTargets(unet, List.of(text));
  }

  @AfterAll
  static void close() {
    unet.close();
    text.close();
    torch.close();
  }

  @Test
  void theThreeFormsAreReadBackToTheSameAdapters() throws IOException {
    var adapters = adapters(unet, List.of(text));
    var writer = new LoraWriter(adapters);

    writer.diffusers(folder.resolve("diffusers.safetensors"), Map.of("base_model", "sd15_tiny"));
    writer.kohya(folder.resolve("kohya.safetensors"), targets, Map.of("ss_output_name", "ana"));
    writer.peft(folder.resolve("peft"), Map.of("base_model", "sd15_tiny"));

    for (String form : List.of("diffusers.safetensors", "kohya.safetensors", "peft")) {
      try (var read = LoraFile.read(torch, folder.resolve(form), targets)) {
        assertSame(form, read.adapters(), adapters);
      }
    }
    assertThat(SafeTensorsFile.open(folder.resolve("kohya.safetensors")).metadata())
        .containsEntry("ss_network_dim", "Dynamic")
        .containsEntry("ss_output_name", "ana")
        .containsEntry("modelspec.sai_model_spec", "1.0.0");
    assertThat(SafeTensorsFile.open(folder.resolve("diffusers.safetensors")).metadata())
        .containsEntry("base_model", "sd15_tiny")
        .containsKey("lora_adapter_metadata");
  }

  @Test
  void ofXlKohyasFormHasTheOriginalBlocksAndNumberedTextEncoders() throws IOException {
    Path base = fixture("pipelines/sdxl_tiny");
    try (var xl = UNet2DConditionModel.load(torch, base.resolve("unet"), Storage.MAPPED);
        var first = ClipTextModel.load(torch, base.resolve("text_encoder"), Storage.MAPPED);
        var second = ClipTextModel.load(torch, base.resolve("text_encoder_2"), Storage.MAPPED)) {
      var xlTargets = new LoraTargets(xl, List.of(first, second));
      var adapters = adapters(xl, List.of(first, second));
      Path file = folder.resolve("xl.safetensors");

      new LoraWriter(adapters).kohya(file, xlTargets, Map.of());

      assertThat(SafeTensorsFile.open(file).names())
          .anyMatch(name -> name.startsWith("lora_unet_input_blocks_"))
          .anyMatch(name -> name.startsWith("lora_unet_middle_block_1_transformer_blocks_"))
          .anyMatch(name -> name.startsWith("lora_unet_output_blocks_"))
          .anyMatch(name -> name.startsWith("lora_te1_text_model_encoder_layers_0_"))
          .anyMatch(name -> name.startsWith("lora_te2_text_model_encoder_layers_0_"))
          .noneMatch(name -> name.contains("down_blocks"));
      try (var read = LoraFile.read(torch, file, xlTargets)) {
        assertSame("xl", read.adapters(), adapters);
      }
    }
  }

  @Test
  void ofXlPeftsFoldersTellTheTextEncodersApart() throws IOException {
    Path base = fixture("pipelines/sdxl_tiny");
    try (var xl = UNet2DConditionModel.load(torch, base.resolve("unet"), Storage.MAPPED);
        var first = ClipTextModel.load(torch, base.resolve("text_encoder"), Storage.MAPPED);
        var second = ClipTextModel.load(torch, base.resolve("text_encoder_2"), Storage.MAPPED)) {
      var adapters = adapters(xl, List.of(first, second));

      new LoraWriter(adapters).peft(folder.resolve("peft"), Map.of());

      var xlTargets = new LoraTargets(xl, List.of(first, second));
      try (var read = LoraFile.read(torch, folder.resolve("peft"), xlTargets)) {
        assertSame("peft", read.adapters(), adapters);
      }
    }
  }

  @Test
  void adaptersForASecondTextEncoderAreNotForAModelWithOne() throws IOException {
    Path file =
        file(
            "second",
            Map.of(
                "lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight", torch.ones(2, 2)));

    assertThatThrownBy(() -> LoraFile.read(torch, file, targets))
        .isInstanceOf(LoraException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("text_encoder_2, which this model does not have")
        .hasMessageContaining("another family");
  }

  @Test
  void namesOfOldDiffusersFilesAreToday() throws IOException {
    String attention = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.processor.to_";
    Path file = file("old", Map.of());
    try (Scope scope = Scope.open()) {
      long width = unet.modules().adaptable(QUERY).weight().size(0);
      SafeTensorsWriter.write(
          file,
          Map.of(
              attention + "out_lora.down.weight", torch.ones(2, width),
              attention + "out_lora.up.weight", torch.ones(width, 2)),
          Map.of());
    }

    try (var read = LoraFile.read(torch, file, targets)) {
      assertThat(read.adapters().get(LoraNetwork.UNET))
          .containsOnlyKeys(QUERY.replace("to_q", "to_out.0"));
      assertThat(read.size()).isEqualTo(1);
    }
  }

  @Test
  void aRelatedMethodIsNamedRatherThanHalfApplied() throws IOException {
    Path file = file("dora", Map.of("unet." + QUERY + ".lora_magnitude_vector", torch.ones(4)));

    assertThatThrownBy(() -> LoraFile.read(torch, file, targets))
        .isInstanceOf(LoraException.class)
        .hasMessageContaining("lora_magnitude_vector")
        .hasMessageContaining("DoRA, which is not supported");
  }

  @Test
  void aLayerThatTheModelDoesNotHaveIsNamedWithTheNearest() throws IOException {
    Path file =
        file(
            "other",
            Map.of(
                "lora_unet_down_blocks_7_attentions_0_proj_in.lora_down.weight", torch.ones(2, 2)));

    assertThatThrownBy(() -> LoraFile.read(torch, file, targets))
        .isInstanceOf(LoraException.class)
        .hasMessageContaining("unet has no layer down_blocks_7_attentions_0_proj_in")
        .hasMessageContaining("nearest is down_blocks_0_attentions_0_proj_in");
  }

  @Test
  void halfAnAdapterIsRefused() throws IOException {
    Path file = file("half", Map.of("unet." + QUERY + ".lora_A.weight", torch.ones(2, 8)));

    assertThatThrownBy(() -> LoraFile.read(torch, file, targets))
        .isInstanceOf(LoraException.class)
        .hasMessageContaining("unet." + QUERY + " lacks its UP part");
  }

  @Test
  void anAdapterOfAnotherWidthIsRefusedWithBothShapes() throws IOException {
    Path file =
        file(
            "wide",
            Map.of(
                "unet." + QUERY + ".lora_A.weight", torch.ones(2, 320),
                "unet." + QUERY + ".lora_B.weight", torch.ones(320, 2)));

    assertThatThrownBy(() -> LoraFile.read(torch, file, targets))
        .isInstanceOf(LoraException.class)
        .hasMessageContaining("[2, 320]")
        .hasMessageContaining("do not fit unet." + QUERY);
  }

  @Test
  void anAdapterWithValuesThatAreNotNumbersIsRefused() throws IOException {
    long width = unet.modules().adaptable(QUERY).weight().size(0);
    Path file =
        file(
            "nan",
            Map.of(
                "unet." + QUERY + ".lora_A.weight", torch.full(Double.NaN, 2, width),
                "unet." + QUERY + ".lora_B.weight", torch.ones(width, 2)));

    assertThatThrownBy(() -> LoraFile.read(torch, file, targets))
        .isInstanceOf(LoraException.class)
        .hasMessageContaining("values that are not numbers");
  }

  @Test
  void aFolderWithoutAdaptersSaysWhatItLacks() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertThatThrownBy(() -> LoraFile.read(torch, empty, targets))
        .isInstanceOf(LoraException.class)
        .hasMessageContaining("adapter_config.json");
  }

  private Path file(String name, Map<String, Tensor> tensors) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    SafeTensorsWriter.write(file, tensors, Map.of());
    return file;
  }

  /** Adapters on everything that takes them, of several ranks and alphas. */
  private static Map<LoraNetwork, SortedMap<String, LowRank>> adapters(
      UNet2DConditionModel unet, List<ClipTextModel> texts) {
    var all = new EnumMap<LoraNetwork, SortedMap<String, LowRank>>(LoraNetwork.class);
    all.put(LoraNetwork.UNET, adapters(unet.modules().adaptable(), 2));
    for (int i = 0; i < texts.size(); i++) {
      all.put(LoraNetwork.values()[i + 1], adapters(texts.get(i).modules().adaptable(), 3));
    }
    return all;
  }

  private static SortedMap<String, LowRank> adapters(
      List<dev.atelier.runtime.model.layer.Adaptable> layers, int rank) {
    var adapters = new TreeMap<String, LowRank>();
    for (int i = 0; i < layers.size(); i++) {
      var layer = layers.get(i);
      int own = i % 5 == 0 ? rank + 1 : rank;
      long[] down = layer.weight().shape();
      long[] up = down.clone();
      down[0] = own;
      up[1] = own;
      for (int d = 2; d < up.length; d++) {
        up[d] = 1;
      }
      double alpha = i % 7 == 0 ? 1.5 : 1;
      adapters.put(
          layer.name(), new LowRank(torch.full(0.5 + i, down), torch.full(0.25, up), alpha / own));
    }
    return adapters;
  }

  private static void assertSame(
      String form,
      Map<LoraNetwork, SortedMap<String, LowRank>> actual,
      Map<LoraNetwork, SortedMap<String, LowRank>> expected) {
    assertThat(actual.keySet()).as(form).isEqualTo(expected.keySet());
    expected.forEach(
        (network, layers) -> {
          var found = Objects.requireNonNull(actual.get(network));
          assertThat(found.keySet()).as(form).isEqualTo(layers.keySet());
          layers.forEach(
              (layer, adapter) -> {
                var same = Objects.requireNonNull(found.get(layer));
                assertThat(same.scale())
                    .as(form + " " + layer)
                    .isEqualTo(adapter.scale(), org.assertj.core.data.Offset.offset(1e-7));
                assertThat(same.down().toFloats()).isEqualTo(adapter.down().toFloats());
                assertThat(same.up().toFloats()).isEqualTo(adapter.up().toFloats());
              });
        });
  }

  private static Path fixture(String name) {
    var resource = LoraFileTest.class.getResource("/fixtures/" + name);
    return Path.of(URI.create(Objects.requireNonNull(resource).toString()));
  }
}
