package dev.atelier.runtime.clip;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clip's line in {@code clips.json}: where it comes from, what became of it and why.
 *
 * @param id unique in the set
 * @param source name of the file
 * @param start of the clip in the file, in seconds
 * @param advice what is wrong and what to do; empty for a clip that is fine
 * @param caption absent where nothing says what the clip shows, or nobody asked yet
 * @param fingerprints of the first, the middle and the last frame looked at
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "source", "kind", "start", "verdict", "advice", "caption", "measured"})
public record ClipRecord(
    String id,
    String source,
    Kind kind,
    double start,
    ClipVerdict verdict,
    String advice,
    @Nullable String caption,
    ClipMeasurements measured,
    List<String> fingerprints) {

  /** Moving or not. */
  public enum Kind {
    Video,
    Image
  }

  public ClipRecord {
    fingerprints = List.copyOf(fingerprints);
  }

  /** Whether a model may learn from it. */
  @JsonIgnore
  public boolean accepted() {
    return verdict == ClipVerdict.Accepted;
  }

  /** The same with another verdict. */
  public ClipRecord with(ClipFinding finding) {
    return new ClipRecord(
        id,
        source,
        kind,
        start,
        finding.verdict(),
        finding.advice(),
        caption,
        measured,
        fingerprints);
  }

  /** The same with what it is said to show. */
  public ClipRecord captioned(String text) {
    return new ClipRecord(id, source, kind, start, verdict, advice, text, measured, fingerprints);
  }

  /** What outweighs a copy: more pixels, and sharper ones. */
  double detail() {
    double sharpness = measured.sharpness() == null ? 0 : measured.sharpness();
    return (double) measured.width() * measured.height() * (1 + sharpness);
  }
}
