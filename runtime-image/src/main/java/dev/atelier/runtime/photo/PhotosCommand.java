package dev.atelier.runtime.photo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.perception.MtcnnSettings;
import dev.atelier.runtime.perception.Perception;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Intake alone on a folder: {@code ./atelier photos DIR [--output json]}. Nothing is written and
 * nothing leaves the machine.
 */
public final class PhotosCommand {
  /** The folder cannot be read. */
  private static final int UNUSABLE = 2;

  private static final List<String> FORMATS = List.of("json", "text");

  private final PhotoJudge judge;

  /** How the verdicts are printed. */
  public enum Output {
    /** A table, a summary, what to add. */
    TEXT,
    /** An array of {@code {name, verdict, measurements, advice}}. */
    JSON
  }

  public PhotosCommand(PhotoJudge judge) {
    this.judge = judge;
  }

  /** What is on the pictures; drawn faces are small, and alike to models of real ones. */
  public enum Kind {
    /** With the defaults of the API. */
    PHOTOGRAPHS(MtcnnSettings.photographs(), PhotoSettings.defaults()),
    /** With what the samples' DiffusionRuntime and HeadshotModel say. */
    DRAWINGS(
        MtcnnSettings.photographs().withThresholds(0.3, 0.2, 0.2),
        new PhotoSettings(64, 60, 40, 0.40, 0.8));

    private final MtcnnSettings detector;
    private final PhotoSettings settings;

    Kind(MtcnnSettings detector, PhotoSettings settings) {
      this.detector = detector;
      this.settings = settings;
    }
  }

  /** With the models that ship. */
  public static int run(Path folder, Kind kind, Output output, PrintStream out, PrintStream err)
      throws IOException {
    try (var perception = Perception.shipped(kind.detector, PhotoJudge.threadsPerPhoto())) {
      return new PhotosCommand(new PhotoJudge(perception, kind.settings))
          .report(folder, output, out, err);
    }
  }

  /** Exit code 0 if the folder could be read, whatever the verdicts. */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  /** {@code DIR [--drawings] [--output json|text]}. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
    var options = new ArrayList<>(arguments);
    var kind = options.remove("--drawings") ? Kind.DRAWINGS : Kind.PHOTOGRAPHS;
    var output = Output.TEXT;
    int at = options.indexOf("--output");
    if (at >= 0 && at + 1 < options.size() && FORMATS.contains(options.get(at + 1))) {
      output = options.get(at + 1).equals("json") ? Output.JSON : Output.TEXT;
      options.subList(at, at + 2).clear();
    }
    if (options.size() != 1 || options.get(0).startsWith("-")) {
      err.println("usage: photos DIR [--drawings] [--output json|text]");
      return UNUSABLE;
    }
    return run(Path.of(options.get(0)), kind, output, out, err);
  }

  /** Judges the photos of a folder and prints what became of them. */
  public int report(Path folder, Output output, PrintStream out, PrintStream err)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      err.println(folder + " is no folder; name the folder with the photos");
      return UNUSABLE;
    }
    var report = judge.judge(PhotoFolder.photos(folder));
    if (output == Output.JSON) {
      var lines = report.photos().stream().map(PhotoLine::of).toList();
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(lines));
    } else {
      print(report, out);
    }
    return 0;
  }

  private static void print(PhotoReport report, PrintStream out) {
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
