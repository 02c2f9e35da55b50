package dev.atelier.runtime.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.evaluate.Interval;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClipGalleryPageTest {

  private static final byte[] FILM = "not really a film".getBytes(StandardCharsets.UTF_8);
  private static final ClipReport.File STORED = new ClipReport.File("run/a.mp4", "a".repeat(64));

  @Test
  void theReportIsWhatItsSchemaSays() throws IOException {
    var report = StageJson.json().readTree(report().json());

    assertThat(new ReportSchema("clip-report.schema.json").violations(report, "report")).isEmpty();
  }

  @Test
  void everyClipPlaysBesideTheBaseModelsOfTheSameSeed() throws Exception {
    var videos = page(Playable.video(FILM, FILM)).elements("video");

    assertThat(videos).hasSize(2);
    assertThat(videos)
        .allSatisfy(
            video -> {
              assertThat(video.getAttribute("src")).startsWith("data:video/mp4;base64,");
              assertThat(video.getAttribute("poster")).startsWith("data:image/png;base64,");
              assertThat(video.getAttribute("data-clip")).isEqualTo("rain-00");
              assertThat(video.getAttribute("aria-label")).isEqualTo("rain <falls> & ice, seed 7");
              assertThat(video.hasAttribute("controls")).isTrue();
              assertThat(video.getAttribute("width")).isEqualTo("1280");
            });
    assertThat(page(Playable.video(FILM, FILM)).text()).contains("this model", "base model");
  }

  @Test
  void aPageThatWouldGrowTooLargeShowsThePreviewsAndNamesTheFiles() throws Exception {
    var page = page(Playable.preview(FILM, FILM));

    assertThat(page.elements("video")).isEmpty();
    assertThat(page.elements("img"))
        .allSatisfy(
            image -> assertThat(image.getAttribute("src")).startsWith("data:image/webp;base64,"));
    assertThat(page.text()).contains("a small preview; the clip is run/a.mp4");
  }

  @Test
  void nothingIsFetchedFromOutsideThePage() throws Exception {
    var page = page(Playable.video(FILM, FILM));

    assertThat(page.requests()).isEmpty();
    assertThat(page.text())
        .contains("default-src 'none'; img-src data:; media-src data:")
        .doesNotContain("http:", "https:", "url(");
  }

  @Test
  void verdictsNumbersAndSizeAreTold() {
    assertThat(page(Playable.video(FILM, FILM)).text())
        .contains(
            "1 of 2 clips from 1 prompt · 1 blocked by the output check",
            "1280 x 720, 121 frames at 24 per second: 5.04 s",
            "made in 1280x704",
            "blocked by the output check, not written",
            "flicker <b>0.80</b> · motion <b>1.20 %</b> a frame",
            "<b>10 %</b> repeated",
            "prompt <b>0.31</b>",
            "<b class=\"warning\">review</b>",
            "Flicker",
            "95 %: 0.70 to 0.90",
            "<dt class=\"\">difference</dt><dd>-0.10</dd>",
            "at most 2.00",
            "not measured: no model is configured");
  }

  private static PageDocument page(Playable film) {
    return new PageDocument(
        ClipGalleryPage.html(
            new ClipGallery(report(), Map.of("rain-00", film), Map.of("rain-00", film))));
  }

  static ClipReport report() {
    return new ClipReport(
        ClipReport.SCHEMA,
        "Video model",
        "VideoGenerator",
        "studio",
        "clips",
        "r1-77aa",
        "Evaluate",
        Instant.parse("2026-11-26T10:00:00Z"),
        new Report.Gate("Passed", List.of(new GateInput("Flicker", null, 2.0)), List.of()),
        List.of(
            new Report.Metric(
                "Flicker",
                0.8,
                new Interval(0.7, 0.9, 0.95),
                null,
                0.9,
                null,
                -0.1,
                null,
                null,
                "how it is measured"),
            Report.Metric.notMeasured("ClipText", "no model is configured")),
        new TerminationMessage.Samples(2, 1, 1, 0),
        new ClipReport.Delivery(1280, 720, 121, 24, "made in 1280x704"),
        List.of(new Prompt("rain", "rain <falls> & ice", "blurry")),
        List.of(clip(0, Verdict.Review), clip(1, Verdict.Blocked)),
        List.of(clip(0, Verdict.Written)),
        List.of(),
        Map.of("baseModelLicense", "Apache-2.0"));
  }

  private static ClipReport.Clip clip(int number, Verdict verdict) {
    boolean there = verdict.produced();
    return new ClipReport.Clip(
        "rain-0" + number,
        "rain",
        number,
        "rain <falls> & ice",
        7L + number,
        verdict,
        0.4,
        new Report.Safety(0.4, "open_nsfw 7ebb", "nudity score 0.40, to be looked at from 0.30"),
        there ? STORED : null,
        there ? STORED : null,
        there ? STORED : null,
        there ? new ClipReport.Changes(0.8, 0.012, 0.1) : null,
        there ? 0.31 : null,
        there ? 0.98 : null);
  }
}
