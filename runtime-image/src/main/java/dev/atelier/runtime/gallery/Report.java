package dev.atelier.runtime.gallery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.atelier.runtime.evaluate.Interval;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stage that draws: the content of {@code report.json} (schema in {@code
 * report.schema.json}) and of the gallery page.
 *
 * @param title for people: the kind of result, such as {@code Portrait model}
 * @param baseline pictures of the base model without tuning, absent where none were drawn
 * @param curve how the checkpoints of the training were judged, absent where none were
 * @param variety how different the usable photos are; absent where photos are not to be kept
 * @param advice sentences about the prompts that refuse nothing
 * @param photos verdicts on the photos; empty where photos are not to be kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "schema",
  "title",
  "kind",
  "namespace",
  "name",
  "run",
  "stage",
  "createdAt",
  "gate",
  "metrics"
})
public record Report(
    String schema,
    String title,
    String kind,
    String namespace,
    String name,
    String run,
    String stage,
    Instant createdAt,
    Gate gate,
    List<Metric> metrics,
    TerminationMessage.Samples samples,
    List<Prompt> prompts,
    List<Picture> pictures,
    @Nullable Baseline baseline,
    @Nullable Curve curve,
    List<PhotoVerdict> photos,
    @Nullable VarietyReport variety,
    List<String> advice,
    Map<String, String> provenance) {

  /** The version of the form. */
  public static final String SCHEMA = "atelier.dev/report/v1";

  /**
   * The bounds that the metrics had to keep.
   *
   * @param decision {@code None}, {@code Passed} or {@code Failed}
   * @param findings one sentence for each bound that is not kept
   */
  public record Gate(String decision, List<GateInput> bounds, List<String> findings) {}

  /**
   * A metric.
   *
   * @param value absent where it was not measured; the explanation says why
   * @param interval where the value would lie with other pictures, absent where that is not
   *     estimated
   * @param model name, digest and preparation of pictures that the value depends on
   * @param baseline of the base model with the same prompts and seeds
   * @param difference the value minus the baseline
   * @param photos of the photos among each other: what can be reached
   * @param notCompared why the number of the base model or of the photos is left out, where it
   *     comes from another model
   * @param explanation definition and sizes of the sets
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Metric(
      String name,
      @Nullable Double value,
      @Nullable Interval interval,
      @Nullable String model,
      @Nullable Double baseline,
      @Nullable Interval baselineInterval,
      @Nullable Double difference,
      @Nullable Double photos,
      @Nullable String notCompared,
      String explanation) {

    /** A metric without a number; the explanation says what is missing. */
    public static Metric notMeasured(String name, String explanation) {
      return new Metric(name, null, null, null, null, null, null, null, null, explanation);
    }
  }

  /** Pictures of the base model, and what was asked of it. */
  public record Baseline(String subject, List<Picture> pictures) {}

  /**
   * A planned picture and what became of it.
   *
   * @param safety what the output check said, absent where the model gave no numbers
   * @param path below the store's root, absent unless it was written
   * @param face whether a face was found
   * @param nearestPhoto stem of the photo that it resembles most
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Picture(
      String name,
      String prompt,
      int number,
      String text,
      long seed,
      Verdict verdict,
      @Nullable Safety safety,
      @Nullable String path,
      @Nullable String sha256,
      @Nullable Boolean face,
      @Nullable Double identity,
      @Nullable Double similarity,
      @Nullable String nearestPhoto,
      @Nullable Double nearestSimilarity) {}

  /**
   * What the output check said of a picture.
   *
   * @param score of nudity, 0..1
   * @param model name and digest of the model that gave the score
   * @param reason why the picture is blocked or marked, absent where it is neither
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Safety(double score, String model, @Nullable String reason) {

    /** The words of a verdict. */
    public static Safety of(PictureVerdict judged) {
      return new Safety(
          judged.score(), judged.model(), judged.reason().isEmpty() ? null : judged.reason());
    }
  }

  /** The file's bytes. */
  public byte[] json() {
    return StageJson.pretty(this);
  }

  /** The pictures of a prompt. */
  List<Picture> of(List<Picture> all, String prompt) {
    return all.stream().filter(picture -> picture.prompt().equals(prompt)).toList();
  }

  /** The text of a prompt as it was drawn, with the subject in its place. */
  String drawn(Prompt prompt) {
    return of(pictures, Prompts.fileName(prompt)).stream()
        .findFirst()
        .map(Picture::text)
        .orElse(prompt.text());
  }
}
