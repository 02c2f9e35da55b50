package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.checkpoint.SmallCheckpoint;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A base model is opened as it was pinned, and draws what it can draw. */
class BaseModelTest {

  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";

  @TempDir private Path root;
  private Path model;

  @BeforeEach
  void aModel() throws IOException {
    new Bench(root).copy(TrainBench.MODEL, "model");
    model = root.resolve("model");
  }

  /** The lowest bit of a mantissa: every number stays finite and no reader could tell. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.37, 1})
  void aBitThatFlippedAmongTheWeightsIsFoundByThePin(double place) throws IOException {
    var pin = Digests.ofFolder(model);
    assertThat(open(pin).sha256()).isEqualTo(pin);

    flip(place);

    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      assertThat(SafeTensorsFile.readAll(torch, model.resolve(UNET)).values())
          .allMatch(tensor -> tensor.isFinite());
    }
    assertThat(open(null).sha256()).isNotEqualTo(pin);
    assertThatThrownBy(() -> open(pin))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("pins " + pin)
        .hasMessageContaining("restore the files or correct spec.model.sha256");
  }

  @ParameterizedTest
  @CsvSource({
    "sd15_tiny, StableDiffusion, StableDiffusionXL",
    "sdxl_tiny, StableDiffusionXL, StableDiffusion",
    "wan21_tiny, Wan, StableDiffusion",
    "wan22_ti2v_tiny, Wan, StableDiffusionXL",
    "a single file, StableDiffusion, Wan",
  })
  void anotherFamilyThanTheRuntimesIsNamedBesideIt(String kind, String family, String other)
      throws IOException {
    model = kind.startsWith("a") ? singleFile() : Fixtures.folder("pipelines/" + kind);

    assertThat(open(family, null).folder()).exists();
    assertThatThrownBy(() -> open(other, null))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("DiffusionRuntime tiny says spec.model.family: " + other)
        .hasMessageContaining("is of the family %s; correct spec.model.family", family);
  }

  @Test
  void behindALinkItIsKnownByThePlaceThatStaysWhenThePodIsGone() throws IOException {
    var place = model.toRealPath();
    model = Files.createSymbolicLink(root.resolve("mounted"), model);

    assertThat(open(null).folder()).isEqualTo(place);
  }

  @Test
  void aSizeThatTheAutoencoderCannotDecodeIsNamedWithItsRule() throws IOException {
    var base = open(null);
    try (var torch = Torch.start(1)) {
      assertThatThrownBy(
              () -> DiffusionPictures.open(torch, base, Optional.empty(), sampler(68, 64)))
          .isInstanceOf(StageFailure.BadInput.class)
          .hasMessage(
              "sampler.width 68 and sampler.height 64 must be multiples of 8 for this model");
      assertThatThrownBy(
              () -> DiffusionPictures.open(torch, base, Optional.empty(), sampler(64, 100)))
          .hasMessageContaining("sampler.height 100");
      DiffusionPictures.open(torch, base, Optional.empty(), sampler(72, 64)).close();
    }
  }

  private void flip(double place) throws IOException {
    var file = model.resolve(UNET);
    var bytes = Files.readAllBytes(file);
    int header = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int number = (int) (place * ((bytes.length - header) / 4 - 1));
    bytes[header + 4 * number] ^= 1;
    Files.write(file, bytes);
  }

  private Path singleFile() throws IOException {
    return SmallCheckpoint.write(root.resolve("checkpoints"));
  }

  private BaseModel open(@Nullable String pin) throws IOException {
    return open("StableDiffusion", pin);
  }

  private BaseModel open(String family, @Nullable String pin) throws IOException {
    var settings =
        new RuntimeSettings(
            Path.of("/"), "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());
    var input =
        new ModelInput(
            family,
            StoreLocation.directory(model.toAbsolutePath().toString()),
            pin,
            "Apache-2.0",
            "tiny");
    return BaseModel.open(input, new Stores(settings, root.resolve("scratch")));
  }

  private static SamplerInput sampler(int width, int height) {
    return new SamplerInput("DDIM", 3, 3, width, height, 7);
  }
}
