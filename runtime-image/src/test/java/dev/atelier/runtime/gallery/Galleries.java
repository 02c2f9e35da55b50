package dev.atelier.runtime.gallery;

import dev.atelier.runtime.evaluate.Interval;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.FaceCover;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.TerminationMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A gallery with everything that a page can show, names included that would break a careless one.
 */
final class Galleries {

  static final String NASTY = "<b>\"ana\" & co</b>";

  private static final List<Prompt> PROMPTS =
      List.of(
          new Prompt("suit", "photo of a {subject} wearing a navy suit", "blurry"),
          new Prompt("snow", "photo of a {subject} in the <snow> & ice", ""));

  private Galleries() {}

  static Gallery full() {
    var pictures = new ArrayList<Report.Picture>();
    var previews = new LinkedHashMap<String, Preview>();
    for (var prompt : PROMPTS) {
      for (int n = 0; n < 3; n++) {
        var picture = picture(prompt, n, Verdict.Written);
        pictures.add(picture);
        previews.put(picture.name(), preview(40 * n));
      }
    }
    pictures.set(1, picture(PROMPTS.get(0), 1, Verdict.Blocked));
    previews.remove("suit-01");
    var photos =
        List.of(
            photo("IMG_1", dev.atelier.runtime.photo.Verdict.Accepted, "", true),
            photo("IMG_2", dev.atelier.runtime.photo.Verdict.Blurred, "hold still", false),
            photo("IMG_3", dev.atelier.runtime.photo.Verdict.Unreadable, "a PDF", false));
    var baseline = List.of(picture(PROMPTS.get(0), 0, Verdict.Written));
    return new Gallery(
        report(pictures, new Report.Baseline("person", baseline), photos),
        previews,
        Map.of("suit-00", preview(200)),
        Map.of("IMG_1", preview(90), "IMG_2", preview(120)));
  }

  static Preview preview(int gray) {
    var values = new float[32 * 32 * 3];
    Arrays.fill(values, gray);
    return Preview.of(new RgbImage(32, 32, values));
  }

  private static Report report(
      List<Report.Picture> pictures, Report.Baseline baseline, List<PhotoVerdict> photos) {
    return new Report(
        Report.SCHEMA,
        "Portrait model",
        "HeadshotModel",
        "studio",
        NASTY,
        "r0-1f3c",
        "Evaluate",
        Instant.parse("2026-11-26T10:00:00Z"),
        new Report.Gate(
            "Failed",
            List.of(new GateInput("IdentitySimilarity", 0.5, null)),
            List.of("IdentitySimilarity is 0.41, at least 0.5 is needed")),
        List.of(
            new Report.Metric(
                "IdentitySimilarity",
                0.41,
                new Interval(0.36, 0.46, 0.95),
                "mtcnn 12ab34cd56ef, dlib128 <9f>",
                0.2,
                new Interval(0.15, 0.26, 0.95),
                0.21,
                null,
                "the photos' number is left out: IdentitySimilarity was measured with 'a' and with 'b'",
                "mean over <all> pictures"),
            Report.Metric.notMeasured("ClipText", "no model is configured")),
        new TerminationMessage.Samples(6, 5, 1, 0),
        PROMPTS,
        pictures,
        baseline,
        curve(),
        photos,
        new VarietyReport(
            1, 1, 0, 0, 1, 118.2, 118.2, 0.4, 0.4, List.of("add a photo from the <left>")),
        List.of("suit: the prompt seems to be written in French: <b>nothing</b> is refused for it"),
        Map.of("baseModelLicense", "Apache-2.0"));
  }

  private static Curve curve() {
    return new Curve(
        400,
        800,
        100,
        2,
        200,
        2,
        12,
        new Curve.Definitions("likeness to <2> photos", "share of comparisons", "highest SSIM"),
        List.of(
            new Curve.Round(100, 0.31, 0.91, 0.35, true),
            new Curve.Round(200, 0.44, 0.88, 0.41, true),
            new Curve.Round(300, 0.44, 0.80, 0.55, false),
            new Curve.Round(400, 0.43, 0.71, 0.63, false)));
  }

  private static Report.Picture picture(Prompt prompt, int number, Verdict verdict) {
    boolean written = verdict == Verdict.Written;
    return new Report.Picture(
        "%s-%02d".formatted(prompt.name(), number),
        prompt.name(),
        number,
        prompt.text().replace("{subject}", "sks person"),
        7 + number,
        verdict,
        new Report.Safety(
            written ? 0.01 : 0.93,
            "open_nsfw 7ebb",
            written ? null : "nudity score 0.93, blocked <from> 0.80"),
        written ? "studio/a.png" : null,
        written ? "0".repeat(64) : null,
        written ? Boolean.TRUE : null,
        written ? 0.61 : null,
        written ? 0.3 : null,
        written ? "IMG_1" : null,
        written ? 0.34 : null);
  }

  private static PhotoVerdict photo(
      String stem, dev.atelier.runtime.photo.Verdict verdict, String advice, boolean used) {
    return new PhotoVerdict(
        stem + ".jpg",
        stem,
        verdict,
        advice,
        used,
        new PhotoVerdict.Measured(
            640,
            480,
            1,
            200.0,
            300.0,
            120.0,
            0.01,
            3.0,
            -2.0,
            new FaceCover(0.9, 0.8, 0.5, 0.6),
            0.01,
            0.2));
  }
}
