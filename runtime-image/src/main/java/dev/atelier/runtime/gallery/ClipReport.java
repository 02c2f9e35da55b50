package dev.atelier.runtime.gallery;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.atelier.runtime.evaluate.FrameChanges;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stage that draws clips: the content of {@code report.json} (schema in {@code
 * clip-report.schema.json}) and of its page.
 *
 * @param title for people: the kind of result, such as {@code Video model}
 * @param baseline clips of the base model without tuning; empty where none were drawn
 * @param advice sentences about the prompts that refuse nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClipReport(
    String schema,
    String title,
    String kind,
    String namespace,
    String name,
    String run,
    String stage,
    Instant createdAt,
    Report.Gate gate,
    List<Report.Metric> metrics,
    TerminationMessage.Samples samples,
    Delivery delivery,
    List<Prompt> prompts,
    List<Clip> clips,
    List<Clip> baseline,
    List<String> advice,
    Map<String, String> provenance) {

  /** The version of the form. */
  public static final String SCHEMA = "atelier.dev/clip-report/v1";

  public ClipReport {
    clips = List.copyOf(clips);
    baseline = List.copyOf(baseline);
  }

  /**
   * What every clip of the stage is.
   *
   * @param size how frames came to their size
   */
  public record Delivery(int width, int height, int frames, int framesPerSecond, String size) {

    /** Length of a clip. */
    public double seconds() {
      return (double) frames / framesPerSecond;
    }
  }

  /**
   * A planned clip and what became of it.
   *
   * @param nudity the highest score of a frame
   * @param safety the output check's words on that frame
   * @param video absent unless it was written
   * @param changes absent where it was not measured
   * @param promptSimilarity of frames and prompt, absent without CLIP
   * @param consistency of neighbouring frames, absent without a feature model
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Clip(
      String name,
      String prompt,
      int number,
      String text,
      long seed,
      Verdict verdict,
      @Nullable Double nudity,
      Report.@Nullable Safety safety,
      @Nullable File video,
      @Nullable File preview,
      @Nullable File poster,
      @Nullable Changes changes,
      @Nullable Double promptSimilarity,
      @Nullable Double consistency) {}

  /** A file below the store's root. */
  public record File(String path, String sha256) {

    /** A stored file. */
    public static File of(Manifest.StoredFile stored) {
      return new File(stored.path(), stored.sha256());
    }
  }

  /** What was measured on the pixels of a clip. */
  public record Changes(double flicker, double motion, double repeatedFrames) {

    /** A reading. */
    public static Changes of(FrameChanges read) {
      return new Changes(read.flicker(), read.motion(), read.duplicates());
    }
  }

  /** The file's bytes. */
  public byte[] json() {
    return StageJson.pretty(this);
  }

  /** The text of a prompt as it was drawn. */
  String drawn(Prompt prompt, String file) {
    return clips.stream()
        .filter(clip -> clip.prompt().equals(file))
        .findFirst()
        .map(Clip::text)
        .orElse(prompt.text());
  }
}
