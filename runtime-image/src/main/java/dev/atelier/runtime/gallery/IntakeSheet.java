package dev.atelier.runtime.gallery;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.photo.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contact sheet of intake: every photo with its verdict, the used ones first. */
public final class IntakeSheet {

  private static final int COLUMNS = 6;

  private IntakeSheet() {}

  /**
   * A photo as the sheet shows it.
   *
   * @param thumbnail absent for a file that is no picture
   * @param face in pixels of the thumbnail
   */
  public record Shown(PhotoVerdict photo, Optional<RgbImage> thumbnail, Optional<Region> face) {}

  /**
   * The sheet of a set of photos.
   *
   * @param variety of the usable ones
   */
  public static Sheet of(String resource, List<Shown> photos, VarietyReport variety) {
    long accepted = photos.stream().filter(shown -> accepted(shown.photo())).count();
    var rows = new ArrayList<Sheet.Row>();
    row(rows, "Used", "the model learns from these", photos, true);
    row(rows, "Not used", "with the reason, and what to do about it", photos, false);
    return new Sheet(
        "Photos of " + resource,
        "%d of %d photos are usable".formatted(accepted, photos.size()),
        notes(variety),
        COLUMNS,
        rows);
  }

  private static List<String> notes(VarietyReport variety) {
    var notes = new ArrayList<String>();
    if (variety.photos() > 0) {
      notes.add(variety.summary());
    }
    variety.advice().forEach(advice -> notes.add("- " + advice));
    return notes;
  }

  private static void row(
      List<Sheet.Row> rows, String title, String subtitle, List<Shown> photos, boolean used) {
    var cells =
        photos.stream()
            .filter(shown -> shown.photo().used() == used)
            .map(IntakeSheet::cell)
            .toList();
    if (!cells.isEmpty()) {
      rows.add(new Sheet.Row("%s: %d".formatted(title, cells.size()), subtitle, cells));
    }
  }

  private static Sheet.Cell cell(Shown shown) {
    var photo = shown.photo();
    var tone = photo.used() ? Tone.GOOD : accepted(photo) ? Tone.WARNING : Tone.BAD;
    return new Sheet.Cell(
        shown.thumbnail(), shown.face(), Words.verdict(photo), Words.about(photo), tone);
  }

  private static boolean accepted(PhotoVerdict photo) {
    return photo.verdict() == Verdict.Accepted;
  }
}
