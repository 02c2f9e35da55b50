package dev.atelier.runtime.stage;

import dev.atelier.runtime.gallery.IntakeSheet;
import dev.atelier.runtime.gallery.SheetPainter;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.photo.AspectBuckets;
import dev.atelier.runtime.photo.Captions;
import dev.atelier.runtime.photo.Cropper;
import dev.atelier.runtime.photo.DecodeLimits;
import dev.atelier.runtime.photo.Decoded;
import dev.atelier.runtime.photo.JudgedPhoto;
import dev.atelier.runtime.photo.PhotoDecoder;
import dev.atelier.runtime.photo.PhotoFileNames;
import dev.atelier.runtime.photo.PhotoReport;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of intake. Photos are decoded one at a time: a set of large ones needs no more memory.
 */
final class IntakePublication {

  private static final int THUMBNAIL_EDGE = 256;

  private final StageContext context;
  private final Captions captions;
  private final AspectBuckets buckets;
  private final List<JudgedPhoto> photos;
  private final VarietyReport variety;
  private final List<JudgedPhoto> used;
  private final Map<String, String> names;
  private final PhotoDecoder decoder = new PhotoDecoder(DecodeLimits.defaults());
  private final List<Manifest.StoredFile> dataset = new ArrayList<>();
  private final List<IntakeSheet.Shown> shown = new ArrayList<>();

  IntakePublication(
      StageContext context,
      Captions captions,
      AspectBuckets buckets,
      PhotoReport report,
      List<JudgedPhoto> used) {
    this.context = context;
    this.captions = captions;
    this.buckets = buckets;
    this.photos = report.photos();
    this.variety = VarietyReport.of(report);
    this.used = used;
    this.names = PhotoFileNames.of(photos.stream().map(JudgedPhoto::name).toList());
  }

  /** Publishes crops, captions, verdicts and the sheet. */
  TerminationMessage publish(
      TerminationMessage.Dataset judged, String protocol, PromptReview review) throws IOException {
    context.progress().begin("cropping photos", photos.size(), 0);
    for (int i = 0; i < photos.size(); i++) {
      context.stop().check();
      photo(photos.get(i), true);
      context.progress().step(i + 1, List.of());
    }
    var artifacts =
        List.of(Artifacts.of("intake-sheet", sheet()), Artifacts.of("photos", verdicts()));
    put(TrainingPhotos.VARIETY, StageJson.pretty(variety), "application/json");
    var provenance =
        Provenance.of(context)
            .with(Provenance.DATASET, Provenance.digest(dataset))
            .with("photos", String.valueOf(judged.photos()))
            .with("photosUsed", String.valueOf(used.size()))
            .with("perception", protocol)
            .with(review);
    return context.folder().publish(provenance.entries(), words(judged, artifacts));
  }

  /** Stores verdicts and sheet of a set that is too small, and says where the sheet is. */
  String verdictsAlone() throws IOException {
    for (var photo : photos) {
      photo(photo, false);
    }
    verdicts();
    return sheet().path();
  }

  private void photo(JudgedPhoto photo, boolean publish) throws IOException {
    boolean learn = publish && used.contains(photo);
    var verdict = PhotoVerdict.of(photo, names.getOrDefault(photo.name(), photo.name()), learn);
    if (!(decoder.decode(photo.file()) instanceof Decoded.Picture picture)) {
      shown.add(new IntakeSheet.Shown(verdict, Optional.empty(), Optional.empty()));
      return;
    }
    var thumbnail = Resize.atMost(picture.image(), THUMBNAIL_EDGE, Filter.LANCZOS);
    double scale = (double) thumbnail.width() / picture.image().width();
    shown.add(
        new IntakeSheet.Shown(
            verdict, Optional.of(thumbnail), photo.face().map(face -> face.box().scaled(scale))));
    if (publish) {
      put("judged/" + verdict.file() + ".png", PngFile.of(thumbnail), "image/png");
    }
    if (learn) {
      var image = picture.image();
      var shape = buckets.nearest(image.width(), image.height());
      var crop = Cropper.crop(image, photo.face().orElseThrow(), shape);
      var caption = captions.of(photo.file()).getBytes(StandardCharsets.UTF_8);
      dataset.add(put("photos/" + verdict.file() + ".png", PngFile.of(crop), "image/png"));
      dataset.add(put("photos/" + verdict.file() + ".txt", caption, "text/plain"));
    }
  }

  private Manifest.StoredFile sheet() {
    var sheet = IntakeSheet.of(context.file().resource().name(), shown, variety);
    return put("intake.png", PngFile.of(SheetPainter.paint(sheet)), "image/png");
  }

  private Manifest.StoredFile verdicts() {
    var lines = shown.stream().map(IntakeSheet.Shown::photo).toList();
    return put(TrainingPhotos.VERDICTS, StageJson.pretty(lines), "application/json");
  }

  private Manifest.StoredFile put(String name, byte[] content, String mediaType) {
    return context.folder().put(name, content, mediaType);
  }

  private TerminationMessage words(
      TerminationMessage.Dataset judged, List<TerminationMessage.Artifact> artifacts) {
    var left = judged.usable() - used.size();
    return new LastWords(
            TerminationMessage.Result.Succeeded,
            "PhotosAccepted",
            "%d of %d photos usable%s%s"
                .formatted(
                    judged.usable(),
                    judged.photos(),
                    left == 0 ? "" : ", the best %d are used".formatted(used.size()),
                    variety.firstAdvice()))
        .dataset(judged)
        .artifacts(artifacts)
        .say();
  }
}
