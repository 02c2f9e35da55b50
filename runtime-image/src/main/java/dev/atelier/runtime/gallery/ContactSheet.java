package dev.atelier.runtime.gallery;

import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.stage.PromptInput.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The contact sheet of a stage that draws: the photos on top, a row for each prompt with a column
 * for each seed, the base model's pictures at the bottom.
 */
public final class ContactSheet {

  private static final int MOST_COLUMNS = 10;
  private static final int PHOTO_LINES = 2;

  private final Gallery gallery;
  private final Report report;
  private final int columns;

  private ContactSheet(Gallery gallery) {
    this.gallery = gallery;
    this.report = gallery.report();
    int widest =
        report.prompts().stream()
            .mapToInt(prompt -> of(report.pictures(), prompt).size())
            .max()
            .orElse(1);
    this.columns = Math.max(6, Math.min(MOST_COLUMNS, widest));
  }

  /** The sheet of a gallery. */
  public static Sheet of(Gallery gallery) {
    return new ContactSheet(gallery).sheet();
  }

  private Sheet sheet() {
    var rows = new ArrayList<Sheet.Row>();
    photos().ifPresent(rows::add);
    for (var prompt : report.prompts()) {
      rows.add(
          new Sheet.Row(
              prompt.name(),
              report.drawn(prompt),
              of(report.pictures(), prompt).stream()
                  .map(picture -> cell(picture, gallery.pictures(), ""))
                  .toList()));
    }
    baseline().ifPresent(rows::add);
    return new Sheet(report.name(), subtitle(), columns, rows);
  }

  private Optional<Sheet.Row> photos() {
    var used = report.photos().stream().filter(PhotoVerdict::used).toList();
    var cells = new ArrayList<Sheet.Cell>();
    for (var photo : used) {
      var preview = gallery.photos().get(photo.file());
      if (preview != null && cells.size() < columns * PHOTO_LINES) {
        cells.add(Sheet.Cell.of(preview.thumbnail(), photo.file(), ""));
      }
    }
    return cells.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Sheet.Row(
                "Training photos",
                cells.size() < used.size()
                    ? "the first %d of %d".formatted(cells.size(), used.size())
                    : "all %d".formatted(used.size()),
                cells));
  }

  private Optional<Sheet.Row> baseline() {
    var baseline = report.baseline();
    return baseline == null
        ? Optional.empty()
        : Optional.of(
            new Sheet.Row(
                "Base model, not tuned",
                "the same prompts and seeds, asked for a %s".formatted(baseline.subject()),
                baseline.pictures().stream()
                    .map(one -> cell(one, gallery.baseline(), one.prompt() + ", "))
                    .toList()));
  }

  private static Sheet.Cell cell(
      Report.Picture picture, Map<String, Preview> previews, String prompt) {
    var preview = previews.get(picture.name());
    var title = "%sseed %d".formatted(prompt, picture.seed());
    if (preview == null) {
      boolean blocked = picture.verdict() == Verdict.Blocked;
      return Sheet.Cell.empty(title, blocked ? "blocked, not written" : "failed", Tone.BAD);
    }
    var identity = picture.identity();
    var note = identity == null ? "" : "identity " + Html.number(identity);
    return Sheet.Cell.of(preview.thumbnail(), title, note);
  }

  private String subtitle() {
    var facts = new ArrayList<String>();
    facts.add(report.title());
    if (!report.gate().decision().equals("None")) {
      facts.add("gate " + report.gate().decision().toLowerCase(Locale.ROOT));
    }
    for (var metric : report.metrics()) {
      if (metric.value() != null && metric.name().equals("IdentitySimilarity")) {
        facts.add("identity similarity " + Html.number(metric.value()));
        if (metric.baseline() != null) {
          facts.add("base model " + Html.number(metric.baseline()));
        }
      }
    }
    return String.join("  ·  ", facts);
  }

  private List<Report.Picture> of(List<Report.Picture> pictures, Prompt prompt) {
    return report.of(pictures, Prompts.fileName(prompt));
  }
}
