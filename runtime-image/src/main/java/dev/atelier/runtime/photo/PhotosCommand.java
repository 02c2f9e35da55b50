package dev.atelier.runtime.photo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.perception.MtcnnSettings;
import dev.atelier.runtime.perception.Perception;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Intake alone on a folder: {@code ./atelier photos DIR [--output json]}. Nothing is written and
 * nothing leaves the machine.
 */
public final class PhotosCommand {
  private PhotosCommand() {}

  /** How the verdicts are printed. */
  public enum Output {
    /** A table, a summary, what to add. */
    TEXT,
    /** An array of {@code {name, verdict, measurements, advice}}. */
    JSON
  }

  /** What is on the pictures; drawn faces are small, and alike to models of real ones. */
  public enum Kind {
    /** With the defaults of the API. */
    PHOTOGRAPHS(MtcnnSettings.photographs(), PhotoSettings.defaults()),
    /** With what the samples' DiffusionRuntime and HeadshotModel say. */
    DRAWINGS(
        MtcnnSettings.photographs().withThresholds(0.3, 0.2, 0.2),
        new PhotoSettings(64, 60, 35, 0.40, 0.8));

    private final MtcnnSettings detector;
    private final PhotoSettings settings;

    Kind(MtcnnSettings detector, PhotoSettings settings) {
      this.detector = detector;
      this.settings = settings;
    }
  }

  /**
   * Judges the photos of a folder with the models that ship, and prints what became of them.
   *
   * @throws IOException if the folder cannot be read
   */
  public static void run(Path folder, Kind kind, Output output, PrintWriter out)
      throws IOException {
    var photos = PhotoFolder.photos(folder);
    try (var perception = Perception.shipped(kind.detector, PhotoJudge.threadsPerPhoto())) {
      var report = new PhotoJudge(perception, kind.settings).judge(photos);
      if (output == Output.JSON) {
        print(report.photos().stream().map(PhotoLine::of).toList(), out);
      } else {
        print(report, out);
      }
    }
    out.flush();
  }

  private static void print(List<PhotoLine> lines, PrintWriter out) throws IOException {
    out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(lines));
  }

  private static void print(PhotoReport report, PrintWriter out) {
    int width = report.photos().stream().mapToInt(p -> p.name().length()).max().orElse(0);
    var counts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (var photo : report.photos()) {
      counts.merge(photo.verdict(), 1, Integer::sum);
      out.println(
          "%s  %-15s  %s"
              .formatted(padded(photo.name(), width), photo.verdict(), photo.advice())
              .stripTrailing());
    }
    out.println();
    out.println(
        "%d %s: %s"
            .formatted(
                report.photos().size(),
                report.photos().size() == 1 ? "photo" : "photos",
                told(counts)));
    var variety = VarietyReport.of(report);
    if (variety.photos() > 0) {
      out.println(variety.summary());
    }
    variety.advice().forEach(advice -> out.println("- " + advice));
  }

  private static String told(Map<Verdict, Integer> counts) {
    return counts.isEmpty()
        ? "put JPEG, PNG or WebP files into the folder"
        : String.join(
            ", ", counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }
}
