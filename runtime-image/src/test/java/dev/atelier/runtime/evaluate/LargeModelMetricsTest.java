package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.vision.InceptionV3;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.tensor.RandomWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configured folders are measured with; tiny models with random weights stand for large ones. */
class LargeModelMetricsTest {
  private static Torch torch;

  @TempDir Path folder;

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @Test
  void clipAndDinoFoldersGiveNumbersWithTheirModelAndAnInterval() throws IOException {
    try (var models = models(clipFolder("clip"), dinoFolder())) {
      var metrics = new LargeModelMetrics(models, set(8, 3));

      var text = measured(metrics, "ClipText");
      assertThat(text.value()).isBetween(-1.0, 1.0);
      assertThat(text.model()).matches("clip [0-9a-f]{12}, bicubic shorter edge 16, crop 16 x 16");
      assertThat(text.interval().orElseThrow().low()).isLessThan(text.value());
      assertThat(measured(metrics, "ClipImage").model()).isEqualTo(text.model());
      assertThat(measured(metrics, "ClipDiscrepancy").value()).isGreaterThanOrEqualTo(0);
      assertThat(measured(metrics, "DinoImage").model()).startsWith("dino ");
      assertThat(metrics.read("FrechetInception").orElseThrow().explanation())
          .contains("set spec.perception.inception.source");
    }
  }

  @Test
  void aSetResemblesItselfMost() throws IOException {
    var pictures = set(4, 0).pictures();
    try (var models = models(clipFolder("clip"), dinoFolder())) {
      var same =
          new LargeModelMetrics(
              models, new PictureSet(set(4, 0).drawn().subList(0, 1), pictures.subList(0, 1)));

      assertThat(measured(same, "ClipImage").value()).isCloseTo(1, within(1e-6));
      assertThat(measured(same, "DinoImage").value()).isCloseTo(1, within(1e-6));
      assertThat(measured(same, "ClipDiscrepancy").value()).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void numbersOfDifferentModelsRefuseToBeCompared() throws IOException {
    var other = clipFolder("other");
    Files.writeString(other.resolve("README.md"), "another fine-tune");
    try (var one = models(clipFolder("clip"), null);
        var two = models(other, null)) {
      var first = measured(new LargeModelMetrics(one, set(3, 2)), "ClipImage");
      var second = measured(new LargeModelMetrics(two, set(3, 2)), "ClipImage");

      assertThat(first.minus(first)).isEqualTo(new Reading.Difference.Of(0));
      assertThat(first.minus(second))
          .isInstanceOfSatisfying(
              Reading.Difference.Refused.class,
              refused -> assertThat(refused.reason()).contains("measure both with one model"));
    }
  }

  @Test
  void theInceptionNetworkGivesEverySetMetricAndWarnsOfSmallSets() {
    var network = new InceptionV3(new ZeroVariances(new RandomWeights(torch, 5)));
    var reader = new InceptionReader(torch, network, "inception random");
    try (var models =
        new FeatureModels(torch, Optional.empty(), Optional.empty(), Optional.of(reader))) {
      var metrics = new LargeModelMetrics(models, set(10, 6));

      var frechet = measured(metrics, "FrechetInception");
      assertThat(frechet.value()).isGreaterThan(0);
      assertThat(frechet.explanation()).contains("only 6 pictures in the smaller set");
      assertThat(frechet.model()).isEqualTo("inception random, TensorFlow bilinear 299 x 299");
      var clean = measured(metrics, "FrechetInceptionClean");
      assertThat(clean.model()).isEqualTo("inception random, clean-fid, Pillow bicubic 299 x 299");
      assertThat(clean.value()).isGreaterThan(0).isNotEqualTo(frechet.value());
      assertThat(
              new Reading.Measured(
                      "FrechetInception", clean.value(), "", clean.model(), Optional.empty())
                  .minus(frechet))
          .isInstanceOf(Reading.Difference.Refused.class);
      assertThat(measured(metrics, "InceptionScore").value()).isGreaterThanOrEqualTo(1 - 1e-9);
      for (String share : List.of("Precision", "Recall", "Coverage")) {
        assertThat(measured(metrics, share).value()).isBetween(0.0, 1.0);
      }
      assertThat(Double.isFinite(measured(metrics, "KernelInception").value())).isTrue();
      assertThat(metrics.read("ClipText").orElseThrow()).isInstanceOf(Reading.NotMeasured.class);
      assertThat(metrics.read("IdentitySimilarity")).isEmpty();
    }
  }

  @Test
  void aStageWithoutTheModelsSaysWhichFieldToSetOrThatItDoesNotReadIt() {
    var configured = input(folder, null);

    assertThat(LargeModelMetrics.of("ClipText", configured).orElseThrow().explanation())
        .isEqualTo("this stage does not open spec.perception.clip");
    assertThat(LargeModelMetrics.of("Recall", configured).orElseThrow().explanation())
        .contains("set spec.perception.inception.source of the DiffusionRuntime");
    assertThat(LargeModelMetrics.of("FrechetVideo", configured).orElseThrow().explanation())
        .contains("a metric of clips");
    assertThat(LargeModelMetrics.of("Diversity", configured)).isEmpty();
  }

  @Test
  void namedMetricsAskTheModelsFirstAndThePicturesOtherwise() throws IOException {
    var pictures = new PictureMetrics(List.of(), new PersonPhotos(List.of(), 0.6), "protocol");
    try (var models = models(clipFolder("clip"), null)) {
      var large = new LargeModelMetrics(models, set(2, 1));

      assertThat(NamedMetrics.read("ClipImage", pictures, large::read))
          .isInstanceOf(Reading.Measured.class);
      assertThat(NamedMetrics.read("Memorisation", pictures, large::read).explanation())
          .contains("no photos of the person");
    }
  }

  @Test
  void aFolderWithoutAModelEndsTheStageWithTheField() throws IOException {
    var empty = Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(() -> models(null, empty))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("spec.perception.dino of the DiffusionRuntime")
        .hasMessageContaining("preprocessor_config.json does not exist");
  }

  private static Reading.Measured measured(LargeModelMetrics metrics, String name) {
    return (Reading.Measured) metrics.read(name).orElseThrow();
  }

  private FeatureModels models(@Nullable Path clip, @Nullable Path dino) throws IOException {
    return FeatureModels.open(
        torch, input(clip, dino), at -> Path.of(at.url().substring("file://".length())));
  }

  private static PerceptionInput input(@Nullable Path clip, @Nullable Path dino) {
    return new PerceptionInput(
        new PerceptionInput.FaceDetector("mtcnn", null, List.of(0.6, 0.7, 0.7)),
        new PerceptionInput.FaceEmbedding("dlib128", null, 0.6),
        new PerceptionInput.Nudity("open_nsfw", null, 0.8, 0.3),
        location(clip),
        location(dino),
        null);
  }

  private static @Nullable StoreLocation location(@Nullable Path path) {
    return path == null ? null : StoreLocation.directory(path.toString());
  }

  private static PictureSet set(int pictures, int references) {
    var random = new Random(11);
    return new PictureSet(
        IntStream.range(0, pictures)
            .mapToObj(i -> new PictureSet.Drawn("a photo of a cat " + i, picture(random)))
            .toList(),
        IntStream.range(0, references).mapToObj(i -> picture(random)).toList());
  }

  private static RgbImage picture(Random random) {
    var values = new float[20 * 24 * 3];
    float brightness = random.nextInt(200);
    for (int i = 0; i < values.length; i++) {
      values[i] = brightness + random.nextInt(55);
    }
    return new RgbImage(20, 24, values);
  }

  /** The fixture's model with a tokenizer of letters, which its vocabulary has room for. */
  private Path clipFolder(String name) throws IOException {
    var clip = copied("models/clip_full", name);
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (char letter = 'a'; letter <= 'z'; letter++) {
      vocabulary.put(String.valueOf(letter), vocabulary.size());
      vocabulary.put(letter + "</w>", vocabulary.size());
    }
    for (char digit = '0'; digit <= '9'; digit++) {
      vocabulary.put(digit + "</w>", vocabulary.size());
    }
    vocabulary.put("<|startoftext|>", 97);
    vocabulary.put("<|endoftext|>", 98);
    Files.write(clip.resolve("vocab.json"), new ObjectMapper().writeValueAsBytes(vocabulary));
    Files.writeString(clip.resolve("merges.txt"), "#version: 0.2\n");
    Files.writeString(clip.resolve("tokenizer_config.json"), "{\"model_max_length\": 20}");
    processor("clip", clip, 16, "\"shortest_edge\": 32");
    return clip;
  }

  private Path dinoFolder() throws IOException {
    var dino = copied("models/dinov2", "dino");
    processor("dinov2", dino, 24, "\"shortest_edge\": 40");
    return dino;
  }

  private static void processor(String name, Path to, int edge, String shortest)
      throws IOException {
    var json =
        Files.readString(
            SamplePhotos.resource(
                "fixtures/models/image_processors/" + name + "_preprocessor_config.json"));
    Files.writeString(
        to.resolve("preprocessor_config.json"),
        json.replace(shortest, "\"shortest_edge\": " + edge)
            .replace("\"height\": 32", "\"height\": " + edge)
            .replace("\"width\": 32", "\"width\": " + edge));
  }

  private Path copied(String fixture, String name) throws IOException {
    var to = Files.createDirectories(folder.resolve(name));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(SamplePhotos.resource("fixtures/" + fixture + "/" + file), to.resolve(file));
    }
    return to;
  }

  /** Random variances may be negative, which none is: zero stands for all of them. */
  private record ZeroVariances(Weights weights) implements Weights {
    @Override
    public Torch torch() {
      return weights.torch();
    }

    @Override
    public boolean has(String name) {
      return weights.has(name);
    }

    @Override
    public Tensor take(String name, long... shape) {
      Tensor value = weights.take(name, shape);
      return name.endsWith("running_var") ? value.copyInPlace(value.mul(0)) : value;
    }

    @Override
    public void ignore(String name) {
      weights.ignore(name);
    }

    @Override
    public void finish() {
      weights.finish();
    }
  }
}
