package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.model.lora.RandomAdapters;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.LearntTokens;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of export draws the picture that the tuned model draws from memory. */
class ExportedPicturesTest {

  private static final Path PIPELINES = Path.of("src/test/resources/fixtures/pipelines");
  private static final String TOKEN = "sks";
  private static final String PROMPT = "photo of a sks person";
  private static final Offset<Float> HALF_A_GREY_LEVEL = Offset.offset(0.5f / 255);

  @TempDir private Path folder;
  private Torch torch;
  private Scope scope;

  @BeforeEach
  void open() {
    torch = Torch.start(1);
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    torch.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd15_tiny", "sdxl_tiny"})
  void aFolderOfDreamBooth(String model) throws IOException {
    var base = ModelFiles.of(PIPELINES.resolve(model));
    var tuned = networks(base);
    try (var method = new DreamBoothTuning(tuned, true, TinyModel.RATE, TinyModel.RATE)) {
      learn(method);
      method.export(folder.resolve("trained"), Map.of());
      assertThat(method.difference(folder.resolve("trained"))).isEmpty();
    }
    var alone = whole(base, tuned.texts().size());

    assertThat(drawn(alone, alone.tokenizers(), networks(alone)))
        .containsExactly(drawn(base, base.tokenizers(), tuned))
        .isNotEqualTo(drawn(base, base.tokenizers(), networks(base)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd15_tiny", "sdxl_tiny"})
  void adaptersInEachForm(String model) throws IOException {
    var base = ModelFiles.of(PIPELINES.resolve(model));
    var tuned = networks(base);
    float[] picture;
    try (var method = lora(tuned, EnumSet.allOf(LoraForm.class))) {
      learn(method);
      picture = drawn(base, base.tokenizers(), tuned);
      method.export(folder, Map.of());
      assertThat(method.difference(folder)).isEmpty();
    }
    for (var form : LoraForm.values()) {
      assertThat(withAdapters(base, form, false)).as(form + " attached").containsExactly(picture);
      assertThat(withAdapters(base, form, true))
          .as(form + " fused")
          .containsExactly(picture, HALF_A_GREY_LEVEL);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd15_tiny", "sdxl_tiny"})
  void vectorsOfALearntToken(String model) throws IOException {
    var base = ModelFiles.of(PIPELINES.resolve(model));
    var tuned = networks(base);
    float[] picture;
    try (var method = inversion(base, tuned)) {
      learn(method);
      picture = drawn(base, taught(base.tokenizers(), tuned.texts()), tuned);
      method.export(folder, Map.of());
      assertThat(method.difference(folder)).isEmpty();
    }

    var plain = networks(base);
    assertThat(drawn(base, learnt(base, plain.texts()), plain)).containsExactly(picture);
  }

  @Test
  void aLearntTokenAndAdaptersGoTogetherInAnyOrder() throws IOException {
    var base = ModelFiles.of(PIPELINES.resolve("sd15_tiny"));
    try (var method = inversion(base, networks(base))) {
      learn(method);
      method.export(folder, Map.of());
    }
    var one = networks(base);
    var file = folder.resolve("lora.safetensors");
    RandomAdapters.diffusers(file, one.unet(), one.texts(), 3);

    var wordsFirst = learnt(base, one.texts());
    var token = drawn(base, wordsFirst, one);
    attach(file, one);
    var other = networks(base);
    attach(file, other);
    var adapters = drawn(base, base.tokenizers(), other);

    assertThat(drawn(base, learnt(base, other.texts()), other))
        .containsExactly(drawn(base, wordsFirst, one))
        .isNotEqualTo(token)
        .isNotEqualTo(adapters);
  }

  /** The trained networks with what the base model has around them, as files in one folder. */
  private ModelFiles whole(ModelFiles base, int texts) throws IOException {
    var trained = folder.resolve("trained");
    var tuned = base.withUnet(trained.resolve(DreamBoothTuning.UNET_FOLDER));
    for (int i = 0; i < texts; i++) {
      tuned = tuned.withText(i, trained.resolve(LoraTuning.textFolder(i)));
    }
    var alone = folder.resolve("alone");
    for (var file : tuned.asFolder(torch, folder.resolve("made"))) {
      var target = alone.resolve(file.name());
      Files.createDirectories(target.resolveSibling("."));
      Files.copy(file.source(), target);
    }
    return ModelFiles.of(alone);
  }

  private float[] withAdapters(ModelFiles base, LoraForm form, boolean fused) {
    var plain = networks(base);
    var targets = new LoraTargets(plain.unet(), plain.texts());
    try (var file = LoraFile.read(torch, folder.resolve(form.place()), targets)) {
      if (fused) {
        file.fuse(targets, 1);
      } else {
        file.attach(targets, 1);
      }
      return drawn(base, base.tokenizers(), plain);
    }
  }

  private void attach(Path file, Networks networks) {
    var targets = new LoraTargets(networks.unet(), networks.texts());
    // The layers use the factors until the engine ends with the test.
    LoraFile.read(torch, file, targets).attach(targets, 0.8);
  }

  private List<ClipTokenizer> learnt(ModelFiles base, List<ClipTextModel> texts) {
    var tokenizers = new ArrayList<>(base.tokenizers());
    for (int i = 0; i < texts.size(); i++) {
      var tokens = LearntTokens.read(torch, folder.resolve(TextualInversion.FILES.get(i)));
      tokenizers.set(i, tokens.teach(tokenizers.get(i), texts.get(i)));
    }
    return tokenizers;
  }

  private static List<ClipTokenizer> taught(
      List<ClipTokenizer> tokenizers, List<ClipTextModel> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(
            i -> {
              int next = texts.get(i).config().vocabulary();
              return tokenizers.get(i).with(TOKEN, List.of(next, next + 1));
            })
        .toList();
  }

  private LoraTuning lora(Networks networks, Set<LoraForm> forms) {
    var shape =
        new LoraTuning.Shape(2, 3, EnumSet.of(LoraTarget.Attention, LoraTarget.Convolution));
    return new LoraTuning(
        torch,
        networks,
        shape,
        TextEncoderTraining.Adapter,
        TinyModel.RATE,
        TinyModel.RATE,
        3,
        forms);
  }

  private static TextualInversion inversion(ModelFiles base, Networks networks) {
    var readers = new ArrayList<TextualInversion.Reader>();
    for (int i = 0; i < networks.texts().size(); i++) {
      var start = base.tokenizers().get(i).tokens("person");
      readers.add(new TextualInversion.Reader(networks.texts().get(i), start));
    }
    return new TextualInversion(readers, TOKEN, 2, TinyModel.RATE);
  }

  private Networks networks(ModelFiles files) {
    var texts = files.texts(torch, Storage.COPIED);
    return new Networks(files.unet(torch, Storage.COPIED), texts, 1, DType.FLOAT32);
  }

  /** Moves every trained parameter somewhere, as training would. */
  private void learn(TuningMethod method) {
    try (Scope own = Scope.open();
        var random = torch.generator(9)) {
      for (var group : method.groups()) {
        var moved = new TreeMap<String, Tensor>();
        group
            .parameters()
            .forEach(
                (name, value) ->
                    moved.put(name, value.detach().add(random.randn(value.shape()).mul(0.03))));
        Optimizers.copy(moved, group.parameters());
      }
    }
  }

  private float[] drawn(ModelFiles files, List<ClipTokenizer> tokenizers, Networks networks) {
    try (Scope own = Scope.open();
        var noise = new PictureNoise(torch, List.of(7L));
        var autoencoder = files.autoencoder(torch)) {
      var pipeline =
          new StableDiffusionPipeline(
              files.prompts(torch, tokenizers, networks.texts()),
              networks.unet(),
              autoencoder,
              files.scheduler("DDIM"));
      var request = TextToImage.of(1, PROMPT, "", 64, 64, 2, new Guidance(3, 0));
      return pipeline.decode(pipeline.latents(request, noise, StepListener.NONE)).toFloats();
    }
  }
}
