package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a GenerationJob may ask of its pictures besides the prompt, with a tiny Stable Diffusion.
 */
class PictureRequestTest {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final Path PEER = Path.of("src/test/resources/imagetoimage");
  private static final SamplerInput SAMPLER =
      new SamplerInput("DDIM", 5, 3, 0, 1, 64, 64, 7, List.of(), null);

  @TempDir private Path root;

  @Test
  void aPictureFromAPictureIsTheOneThatDiffusersDraws() throws IOException {
    begin("begin.png");

    var drawn = draw(request(SAMPLER, 0.6, 1), 2);

    for (int i = 0; i < 2; i++) {
      assertThat(distance(drawn.get(i), read(PEER.resolve("expected-" + i + ".png"))))
          .as("of 255, picture %d", i)
          .isLessThan(0.55); // the peer's pictures are rounded to whole numbers
    }
  }

  @Test
  void littleStrengthKeepsThePictureAndMuchDoesNot() throws IOException {
    begin("begin.png");
    var given = read(PEER.resolve("begin.png"));

    var little = draw(request(SAMPLER, 0.2, 1), 1).get(0);
    var much = draw(request(SAMPLER, 1.0, 1), 1).get(0);

    assertThat(distance(little, given)).isLessThan(distance(much, given));
  }

  @Test
  void picturesAreMadeLargerByTheNetworkWhateverItsOwnScale() throws IOException {
    for (int factor : List.of(2, 3, 4)) {
      var large = draw(request(SAMPLER, null, factor), 1).get(0);

      assertThat(List.of(large.width(), large.height())).containsExactly(64 * factor, 64 * factor);
    }
  }

  @Test
  void rescaledGuidanceKeepsTheContrastOfThePrompt() throws IOException {
    var plain = new SamplerInput("DDIM", 5, 12, 0, 0, 64, 64, 7, List.of(), null);
    var rescaled = new SamplerInput("DDIM", 5, 12, 1, 0, 64, 64, 7, List.of(), null);

    assertThat(draw(PictureRequest.of(rescaled), 1))
        .isNotEqualTo(draw(PictureRequest.of(plain), 1));
    assertThat(rescaled.guidance()).isEqualTo("guidance scale 12.0 rescaled by 1.0");
  }

  @Test
  void whatDecidesHowAPictureComesOutIsInItsDigest() throws IOException {
    begin("begin.png");
    var facts = request(SAMPLER, 0.6, 1).facts();
    assertThat(request(SAMPLER, 0.7, 1).facts()).isNotEqualTo(facts);
    assertThat(request(SAMPLER, 0.6, 2).facts()).isNotEqualTo(facts);
    assertThat(request(SAMPLER, null, 1).facts()).isNotEqualTo(facts);
    assertThat(request(SAMPLER, 0.6, 1).facts()).isEqualTo(facts);

    Files.copy(PEER.resolve("expected-0.png"), root.resolve("begin/other.png"));
    assertThat(request(SAMPLER, 0.6, 1).facts()).isNotEqualTo(facts);
  }

  @Test
  void lessThanAStepAndMoreLayersThanThereAreAreRefused() throws IOException {
    begin("begin.png");

    assertThatThrownBy(() -> request(SAMPLER, 0.1, 1))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessage(
            "imageToImage.strength 0.1 of sampler.steps 5 is less than a step; raise one of them");
    var skipping = new SamplerInput("DDIM", 5, 3, 0, 11, 64, 64, 7, List.of(), null);
    assertThatThrownBy(() -> draw(PictureRequest.of(skipping), 1))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageStartingWith("sampler.clipSkip is 11, and the model's text encoder has ");
  }

  @Test
  void aPromptWithoutItsPictureIsNamed() throws IOException {
    begin("begin.png");
    Files.copy(PEER.resolve("expected-0.png"), root.resolve("begin/other.png"));

    assertThatThrownBy(() -> draw(request(SAMPLER, 0.6, 1), 1))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessage(
            "imageToImage has no picture for the prompt 'snow': name one snow.png, or leave a single picture for all prompts; there are [begin, other]");
  }

  private void begin(String file) throws IOException {
    Files.createDirectories(root.resolve("begin"));
    Files.copy(PEER.resolve(file), root.resolve("begin").resolve(file));
  }

  private PictureRequest request(SamplerInput sampler, @Nullable Double strength, int factor) {
    var input =
        new SampleInput(
            model(),
            null,
            Bench.ANA,
            new PromptInput(null, List.of(), null),
            1,
            sampler,
            strength == null
                ? null
                : new SampleInput.ImageToImage(StoreLocation.directory("/begin"), strength),
            factor == 1 ? null : factor,
            factor == 1 ? null : StoreLocation.directory("/network"),
            1,
            List.of(),
            List.of(),
            Bench.DRAWINGS);
    return PictureRequest.of(input, sampler, stores());
  }

  private List<RgbImage> draw(PictureRequest request, int pictures) throws IOException {
    var base = BaseModel.open(model(), stores());
    try (var torch = Torch.start(1);
        var source =
            DiffusionPictures.open(torch, base, Optional.empty(), request, DType.FLOAT32)) {
      return source.draw(
          IntStream.range(0, pictures)
              .mapToObj(
                  i ->
                      new PlannedPicture(
                          "snow", i, "photo of a person in the snow", "blurry", 7 + i))
              .toList());
    }
  }

  private static ModelInput model() {
    return new ModelInput(
        "StableDiffusion", StoreLocation.directory("/model"), null, "Apache-2.0", "tiny");
  }

  private Stores stores() {
    link("model", FIXTURES.resolve("pipelines/sd15_tiny"));
    link("network", FIXTURES.resolve("models/rrdbnet_x4"));
    var settings =
        new RuntimeSettings(root, "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());
    return new Stores(settings, root.resolve("scratch"));
  }

  private void link(String name, Path folder) {
    try {
      if (!Files.exists(root.resolve(name))) {
        Files.createSymbolicLink(root.resolve(name), folder.toAbsolutePath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RgbImage read(Path file) throws IOException {
    return RgbImage.of(ImageIO.read(file.toFile()));
  }

  private static double distance(RgbImage one, RgbImage other) {
    double sum = 0;
    for (int i = 0; i < one.values().length; i++) {
      sum += Math.abs(one.values()[i] - other.values()[i]);
    }
    return sum / one.values().length;
  }
}
