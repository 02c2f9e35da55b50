package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models that judge photos and pictures. Small ones ship with the runtime image; metrics whose
 * model is absent are reported as NotMeasured.
 */
@ApiValue
public record PerceptionSpec(
    @JsonPropertyDescription("Finds faces.") @Default("{}") FaceDetector faceDetector,
    @JsonPropertyDescription("Tells people apart.") @Default("{}") FaceEmbedding faceEmbedding,
    @JsonPropertyDescription("Refuses pictures.") @Default("{}") Nudity nudity,
    @JsonPropertyDescription("CLIP, for ClipText, ClipImage and ClipDiscrepancy. None ships.")
        @Nullable Clip clip,
    @JsonPropertyDescription("DINO, for DinoImage and TemporalConsistency. None ships.")
        @Nullable LargeModel dino,
    @JsonPropertyDescription(
            "Inception, for FrechetInception, FrechetInceptionClean, KernelInception, InceptionScore, Precision, Recall, Density and Coverage. None ships.")
        @Nullable LargeModel inception,
    @JsonPropertyDescription(
            "A network that reads whole clips, for FrechetVideo: a folder of model.onnx and preprocessor_config.json. None ships.")
        @Nullable LargeModel video) {

  static final PerceptionSpec DEFAULT =
      new PerceptionSpec(
          FaceDetector.DEFAULT, FaceEmbedding.DEFAULT, Nudity.DEFAULT, null, null, null, null);

  public PerceptionSpec {
    faceDetector = requireNonNullElse(faceDetector, FaceDetector.DEFAULT);
    faceEmbedding = requireNonNullElse(faceEmbedding, FaceEmbedding.DEFAULT);
    nudity = requireNonNullElse(nudity, Nudity.DEFAULT);
  }

  /** Finds faces. */
  @ApiValue
  public record FaceDetector(
      @JsonPropertyDescription("Name of the model.") @Default(SHIPPED) @Size(min = 1, max = 63)
          String model,
      @JsonPropertyDescription("A file or directory to use instead of the one that ships.")
          @Nullable ModelSource source,
      @JsonPropertyDescription(
              "Confidence from which a face counts, for each of the three networks of MTCNN.")
          @Default("[\"0.6\", \"0.7\", \"0.7\"]")
          @Size(min = 3, max = 3)
          List<@Size(max = 24) @Pattern(Patterns.UNIT_DECIMAL) String> thresholds) {

    /** The model that ships. */
    public static final String SHIPPED = "mtcnn";

    static final FaceDetector DEFAULT =
        new FaceDetector(SHIPPED, null, List.of("0.6", "0.7", "0.7"));

    public FaceDetector {
      model = requireNonNullElse(model, SHIPPED);
      thresholds = List.copyOf(requireNonNullElse(thresholds, List.of("0.6", "0.7", "0.7")));
    }
  }

  /** Tells people apart. */
  @ApiValue
  @ValidationRule(
      value = "!has(self.model) || self.model == 'dlib128' || has(self.source)",
      fieldPath = ".source",
      message =
          "a model of another name than dlib128 does not ship: name a folder of model.onnx and preprocessor_config.json")
  @ValidationRule(
      value =
          "!has(self.model) || self.model == 'dlib128' || (has(self.samePersonMaxDistance) && double(self.samePersonMaxDistance) > 0.0 && double(self.samePersonMaxDistance) <= 2.0)",
      fieldPath = ".samePersonMaxDistance",
      message =
          "a model of another name than dlib128 needs its own line, above 0 and at most 2: a cosine of c is sqrt(2 - 2c), 0.5 is 1.0")
  public record FaceEmbedding(
      @JsonPropertyDescription(
              "Name of the model. dlib128 is the architecture that ships; any other name is that of a network of your own, for which source and samePersonMaxDistance have to be set.")
          @Default(SHIPPED)
          @Size(min = 1, max = 63)
          String model,
      @JsonPropertyDescription(
              "What to use instead of the one that ships. For dlib128 a file or directory of its architecture, for others a folder of model.onnx and preprocessor_config.json (docs/evaluation.md).")
          @Nullable ModelSource source,
      @JsonPropertyDescription(
              "Euclidean distance of two embeddings up to which they show one person. For dlib128 0.6 where it is not set. Embeddings of others have length 1, so a cosine of c is the distance sqrt(2 - 2c), and 0.5 is 1.0.")
          @Size(max = 24)
          @Pattern(Patterns.DECIMAL)
          @Nullable String samePersonMaxDistance) {

    /** The model that ships. */
    public static final String SHIPPED = "dlib128";

    static final FaceEmbedding DEFAULT = new FaceEmbedding(SHIPPED, null, null);

    public FaceEmbedding {
      model = requireNonNullElse(model, SHIPPED);
    }

    /** The line between one person and others; empty for another model that does not say it. */
    public Optional<String> samePersonLine() {
      return Optional.ofNullable(samePersonMaxDistance)
          .or(() -> model.equals(SHIPPED) ? Optional.of("0.6") : Optional.empty());
    }
  }

  /** Refuses pictures. */
  @ApiValue
  @ValidationRule(
      value = "!has(self.review) || !has(self.block) || double(self.review) <= double(self.block)",
      fieldPath = ".review",
      message = "review must be at most block")
  public record Nudity(
      @JsonPropertyDescription("Name of the model.") @Default("open_nsfw") @Size(min = 1, max = 63)
          String model,
      @JsonPropertyDescription("A file or directory to use instead of the one that ships.")
          @Nullable ModelSource source,
      @JsonPropertyDescription("Score from which a picture is refused.")
          @Default("0.8")
          @Size(max = 24)
          @Pattern(Patterns.UNIT_DECIMAL)
          String block,
      @JsonPropertyDescription("Score from which a picture is marked for review.")
          @Default("0.3")
          @Size(max = 24)
          @Pattern(Patterns.UNIT_DECIMAL)
          String review) {

    static final Nudity DEFAULT = new Nudity("open_nsfw", null, "0.8", "0.3");

    public Nudity {
      model = requireNonNullElse(model, "open_nsfw");
      block = requireNonNullElse(block, "0.8");
      review = requireNonNullElse(review, "0.3");
    }
  }

  /** Tells how well a picture fits a text. */
  @ApiValue
  public record Clip(
      @JsonPropertyDescription("Where the model's folder lies.") @Required ModelSource source,
      @JsonPropertyDescription(
              "Cosine of a picture and its prompt from which the picture shows what the prompt says: the bound of a gate rule that names ClipText alone. It differs from model to model.")
          @Size(max = 24)
          @Pattern(Patterns.UNIT_DECIMAL)
          @Nullable String promptMinSimilarity) {}

  /** A model that does not ship. */
  @ApiValue
  public record LargeModel(
      @JsonPropertyDescription("Where the model's folder lies.") @Required ModelSource source) {}
}
