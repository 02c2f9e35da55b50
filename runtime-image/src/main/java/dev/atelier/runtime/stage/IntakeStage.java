package dev.atelier.runtime.stage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.photo.AspectBuckets;
import dev.atelier.runtime.photo.BestPhotos;
import dev.atelier.runtime.photo.Captions;
import dev.atelier.runtime.photo.JudgedPhoto;
import dev.atelier.runtime.photo.PhotoFolder;
import dev.atelier.runtime.photo.PhotoJudge;
import dev.atelier.runtime.photo.PhotoReport;
import dev.atelier.runtime.photo.PhotoSettings;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * Judges every photo and publishes what a model can learn from: crops with captions, the verdicts
 * ({@code photos.json}) and a contact sheet. Too few usable photos end the run here, before a GPU
 * is asked for.
 */
public final class IntakeStage implements StageWork {

  private static final int NAMED_PER_VERDICT = 3;

  private final StageContext context;
  private final IntakeInput input;

  IntakeStage(StageContext context, IntakeInput input) {
    this.context = context;
    this.input = input;
  }

  @Override
  public TerminationMessage run() throws IOException {
    var review = PromptReview.of(context, input.perception());
    review.admit(input.subject());
    var judged = judged(photos());
    var report = judged.report();
    var used = BestPhotos.of(report, input.max());
    var captions = new Captions(input.subject().token(), input.subject().className());
    var buckets = AspectBuckets.of(input.resolution(), input.aspectBuckets());
    var publication = new IntakePublication(context, captions, buckets, report, used);
    if (report.accepted().size() < input.min()) {
      throw notEnough(report, publication.verdictsAlone());
    }
    return publication.publish(dataset(report), judged.protocol(), review);
  }

  private List<Path> photos() throws IOException {
    var folder = context.stores().local(input.photos());
    var photos = Files.isDirectory(folder) ? PhotoFolder.photos(folder) : List.<Path>of();
    if (photos.isEmpty()) {
      throw new StageFailure.BadInput(
          "NotEnoughUsablePhotos",
          "there are no photos at %s: put at least %d JPEG, PNG or WebP files directly into it, then raise spec.runNonce"
              .formatted(input.photos().url(), input.min()),
          new TerminationMessage.Dataset(0, 0, List.of()),
          null);
    }
    return photos;
  }

  /**
   * @param protocol which models judged, with what limits
   */
  private record Judged(PhotoReport report, String protocol) {}

  private Judged judged(List<Path> photos) {
    context.progress().begin("judging photos", photos.size(), 0);
    var models = new PerceptionModels(context.stores(), PhotoJudge.threadsPerPhoto());
    try (var perception = models.open(input.perception())) {
      var report =
          new PhotoJudge(perception, settings())
              .judge(
                  photos,
                  done -> {
                    context.progress().step(done, List.of());
                    context.stop().check();
                  });
      return new Judged(report, protocol(perception));
    }
  }

  private PhotoSettings settings() {
    var quality = input.quality();
    return new PhotoSettings(
        quality.minFacePixels(),
        quality.minSharpness(),
        quality.maxYawDegrees(),
        input.perception().faceEmbedding().samePersonMaxDistance(),
        input.perception().nudity().block());
  }

  private String protocol(Perception perception) {
    return "face detector %s; face embedding %s, same person up to %s"
        .formatted(
            perception.detector().protocol(),
            perception.embedder().protocol(),
            input.perception().faceEmbedding().samePersonMaxDistance());
  }

  private StageFailure notEnough(PhotoReport report, String sheet) {
    int usable = report.accepted().size();
    var verdicts =
        report.rejected().stream()
            .collect(groupingBy(JudgedPhoto::verdict, TreeMap::new, toList()))
            .values()
            .stream()
            .map(IntakeStage::alike)
            .collect(joining("; "));
    return new StageFailure.BadInput(
        "NotEnoughUsablePhotos",
        "%d of %d photos are usable, %d are needed. Not usable: %s. Add %d more of the person alone, sharp and well lit, from other days and places, then raise spec.runNonce. Contact sheet: %s"
            .formatted(
                usable, report.photos().size(), input.min(), verdicts, input.min() - usable, sheet),
        dataset(report),
        null);
  }

  /** Photos with one verdict, with the advice on the first of them. */
  private static String alike(List<JudgedPhoto> photos) {
    int more = photos.size() - NAMED_PER_VERDICT;
    return "%s %s%s (%s)"
        .formatted(
            photos.get(0).verdict(),
            photos.stream().limit(NAMED_PER_VERDICT).map(JudgedPhoto::name).collect(joining(", ")),
            more > 0 ? " and %d more".formatted(more) : "",
            photos.get(0).advice());
  }

  private static TerminationMessage.Dataset dataset(PhotoReport report) {
    return new TerminationMessage.Dataset(
        report.photos().size(),
        report.accepted().size(),
        report.rejected().stream()
            .map(photo -> new TerminationMessage.Rejected(photo.name(), photo.verdict().name()))
            .toList());
  }
}
