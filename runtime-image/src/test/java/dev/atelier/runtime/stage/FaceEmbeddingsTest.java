package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The face embedding that a DiffusionRuntime names. */
class FaceEmbeddingsTest {

  @TempDir private Path root;
  private Bench bench;

  @BeforeEach
  void aPodWithANetworkOfItsOwn() throws IOException {
    bench = new Bench(root);
    bench.copy(SamplePhotos.resource("faces/arcface"), "arcface");
  }

  @Test
  void reportsNameTheModelAndTheDigestOfItsFiles() throws IOException {
    var first = protocol(named("arcface", "/arcface", 1.0));
    assertThat(first)
        .matches("arcface [(]faceEmbedding [0-9a-f]{12}[)], arcface alignment, .*, length 1");
    assertThat(protocol(named("buffalo", "/arcface", 1.0)))
        .isEqualTo(first.replaceFirst("arcface", "buffalo"));

    var config = root.resolve("arcface/preprocessor_config.json");
    Files.writeString(config, Files.readString(config).replaceFirst("0[.]5", "0.49"));
    assertThat(protocol(named("arcface", "/arcface", 1.0))).isNotEqualTo(first);
  }

  @Test
  void weightsOfTheShippedArchitectureComeAsAFileOrAFolder() throws IOException {
    Files.createDirectories(root.resolve("dlib"));
    try (var in = getClass().getResourceAsStream("/perception/face_embedding_dlib128.onnx")) {
      Files.copy(in, root.resolve("dlib/model.onnx"));
    }
    var shipped = protocol(named("dlib128", null, 0.6));

    assertThat(shipped).startsWith("dlib128 ");
    assertThat(protocol(named("dlib128", "/dlib", 0.6))).isEqualTo(shipped);
    assertThat(protocol(named("dlib128", "/dlib/model.onnx", 0.6))).isEqualTo(shipped);
  }

  @Test
  void anotherNetworkUnderTheShippedNameIsToldHowToBeNamed() {
    assertRefused(
        named("dlib128", "/arcface", 0.6),
        "model.onnx reads [-1, 3, 112, 112], dlib's network [n, 3, 150, 150]",
        "give it a name in spec.perception.faceEmbedding.model");
  }

  @Test
  void aNameWithoutASourceOrWithoutAUsableLineIsRefused() {
    assertRefused(named("arcface", null, 1.0), "'arcface'", "does not ship, dlib128 does");
    for (double bound : new double[] {0, 2.5, Double.NaN}) {
      assertRefused(
          named("arcface", "/arcface", bound),
          "samePersonMaxDistance",
          "more than 0 and at most 2");
    }
  }

  @Test
  void aFolderThatHoldsNoNetworkEndsTheStageWithTheField() throws IOException {
    assertRefused(named("arcface", "/nowhere", 1.0), "there is nothing at file:///nowhere");
    Files.delete(root.resolve("arcface/model.onnx"));
    assertRefused(
        named("arcface", "/arcface", 1.0),
        "spec.perception.faceEmbedding of the DiffusionRuntime holds no model that can be read",
        "arcface/model.onnx is not there");
    assertRefused(
        named("arcface", "/arcface/preprocessor_config.json", 1.0),
        "spec.perception.faceEmbedding",
        "a folder of model.onnx and preprocessor_config.json");
  }

  @Test
  void intakeJudgesByItAndSaysSo() throws IOException {
    for (var name : new String[] {"IMG_2001.jpg", "IMG_2002.jpg", "IMG_2003.jpg"}) {
      Files.copy(
          SamplePhotos.ANA.resolve(name),
          Files.createDirectories(root.resolve("photos")).resolve(name));
    }

    var ended = bench.run(intake(named("arcface", "/arcface", 2.0)));

    assertThat(ended.exitCode()).isZero();
    assertThat(bench.manifest("intake").provenance().get("perception"))
        .matches(
            "face detector mtcnn .*; face embedding arcface [(]faceEmbedding [0-9a-f]{12}[)], .*, same person up to 2.0");
  }

  private void assertRefused(PerceptionInput input, String... messages) {
    assertThatThrownBy(() -> protocol(input))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContainingAll(messages);
  }

  private String protocol(PerceptionInput input) {
    var stores = bench.context(intake(input), bench.store(), 0).stores();
    try (var perception = new PerceptionModels(stores).open(input)) {
      return perception.embedder().protocol();
    }
  }

  private static IntakeInput intake(PerceptionInput input) {
    return new IntakeInput(
        StoreLocation.directory("/photos"),
        3,
        20,
        new IntakeInput.Quality(64, 60, 60),
        64,
        false,
        Bench.ANA,
        input);
  }

  private static PerceptionInput named(String model, @Nullable String path, double bound) {
    return new PerceptionInput(
        Bench.DRAWINGS.faceDetector(),
        new PerceptionInput.FaceEmbedding(
            model, path == null ? null : StoreLocation.directory(path), bound),
        Bench.DRAWINGS.nudity(),
        null,
        null,
        null,
        null,
        null);
  }
}
