package dev.atelier.runtime.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.caption.CaptionRequest;
import dev.atelier.runtime.caption.ClipCaptions;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipScan;
import dev.atelier.runtime.clip.ClipSet;
import dev.atelier.runtime.clip.ClipSettings;
import dev.atelier.runtime.clip.ClipVerdict;
import dev.atelier.runtime.clip.MediaSet;
import dev.atelier.runtime.gallery.ClipsPage;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.runtime.perception.OpenNsfw;
import dev.atelier.runtime.store.FileStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the videos and pictures of a folder as the preparation would: {@code ./atelier videos
 * DIR}. Nothing leaves the machine, and nothing is written but a report that was asked for.
 */
public final class VideosCommand {

  /** The folder cannot be read. */
  private static final int UNUSABLE = 2;

  private final ClipSettings settings;
  private final CaptionCheck captions;
  private final Optional<NudityScore> nudity;

  /** How the verdicts are printed. */
  public enum Output {
    /** A table and a summary. */
    TEXT,
    /** An array of the records that {@code clips.json} holds. */
    JSON
  }

  VideosCommand(ClipSettings settings, ClipCaptions captions, Optional<NudityScore> nudity) {
    this.settings = settings;
    this.captions = new CaptionCheck(captions);
    this.nudity = nudity;
  }

  /**
   * With the safety model that ships.
   *
   * @param report where to write a page with pictures, if anywhere
   */
  public static int run(
      Path folder,
      ClipSettings settings,
      ClipCaptions captions,
      Output output,
      Optional<Path> report,
      PrintStream out,
      PrintStream err)
      throws IOException {
    try (var nudity = OpenNsfw.shipped(1)) {
      return new VideosCommand(settings, captions, Optional.of(nudity))
          .report(folder, output, report, out, err);
    }
  }

  /** Exit code 0 if the folder could be read, whatever the verdicts. */
  int report(Path folder, Output output, Optional<Path> report, PrintStream out, PrintStream err)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      err.println(folder + " is no folder; name the folder with the videos");
      return UNUSABLE;
    }
    var posters = new HashMap<String, RgbImage>();
    var set = judged(folder, posters);
    if (output == Output.JSON) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(set.clips()));
    } else {
      print(set, out);
    }
    if (report.isPresent()) {
      var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      Files.write(report.get(), ClipsPage.html(name, set, posters));
      (output == Output.JSON ? err : out).println("report: " + report.get());
    }
    return 0;
  }

  private ClipSet judged(Path folder, Map<String, RgbImage> posters) {
    var scan = new ClipScan(settings, nudity);
    var clips = new ArrayList<ClipRecord>();
    for (var file : MediaSet.of(new FileStore(folder), "")) {
      var request = new CaptionRequest(file, List::of);
      for (var seen : scan.scan(file)) {
        clips.add(captions.captioned(seen.record(), request));
        seen.poster().ifPresent(poster -> posters.put(seen.record().id(), poster));
      }
    }
    return ClipSet.of(clips, settings.dropDuplicates());
  }

  private static void print(ClipSet set, PrintStream out) {
    int width = set.clips().stream().mapToInt(clip -> clip.id().length()).max().orElse(0);
    for (var clip : set.clips()) {
      var said = clip.verdict() == ClipVerdict.Accepted ? clip.caption() : clip.advice();
      out.println(
          "%s%s  %-13s  %s"
              .formatted(clip.id(), " ".repeat(width - clip.id().length()), clip.verdict(), said)
              .stripTrailing());
    }
    out.println();
    out.println(
        set.clips().isEmpty()
            ? "no videos: put MP4, MOV or WebM files into the folder"
            : "%d %s: %s"
                .formatted(
                    set.clips().size(), set.clips().size() == 1 ? "clip" : "clips", set.told()));
  }
}
