package dev.atelier.runtime.stage;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.atelier.runtime.evaluate.PersonPhotos;
import dev.atelier.runtime.evaluate.PictureJudge;
import dev.atelier.runtime.gallery.Preview;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The photos that a model learned from, as a manifest lists them.
 *
 * @param names stems of the crops, in the order that readings count them
 * @param crops files of the crops, in the same order
 * @param previews of every photo that is shown, by stem
 * @param verdicts on every photo; empty where the manifest has none
 * @param variety of the usable photos, where the manifest has it
 */
record TrainingPhotos(
    List<String> names,
    List<StoredPicture> crops,
    PersonPhotos person,
    Map<String, Preview> previews,
    List<PhotoVerdict> verdicts,
    Optional<VarietyReport> variety) {

  static final String CROPS = "photos/";
  static final String JUDGED = "judged/";
  static final String VERDICTS = "photos.json";
  static final String VARIETY = "variety.json";

  private static final String PNG = ".png";

  /** Nobody's photos. */
  static TrainingPhotos none(Judges judges) {
    return new TrainingPhotos(
        List.of(),
        List.of(),
        PictureJudge.photos(judges.perception(), List.of(), judges.samePersonMaxDistance()),
        Map.of(),
        List.of(),
        Optional.empty());
  }

  /** Reads the crops and whatever else of the photos the manifest lists. */
  static TrainingPhotos of(ArtifactStore store, Manifest manifest, Judges judges)
      throws IOException {
    var names = new ArrayList<String>();
    var crops = new ArrayList<RgbImage>();
    var previews = new LinkedHashMap<String, Preview>();
    for (var file : pictures(manifest, JUDGED)) {
      previews.put(stem(file, JUDGED), Preview.of(new StoredPicture(store, file).read()));
    }
    var files = new ArrayList<StoredPicture>();
    for (var file : pictures(manifest, CROPS)) {
      files.add(new StoredPicture(store, file));
      var crop = new StoredPicture(store, file).read();
      names.add(stem(file, CROPS));
      crops.add(crop);
      previews.put(stem(file, CROPS), Preview.of(crop));
    }
    return new TrainingPhotos(
        names,
        files,
        PictureJudge.photos(judges.perception(), crops, judges.samePersonMaxDistance()),
        previews,
        verdicts(store, manifest),
        variety(store, manifest));
  }

  /** The photos that the model learned from alone, as a job with the finished model shows them. */
  TrainingPhotos usedOnly() {
    return new TrainingPhotos(
        names,
        crops,
        person,
        previews,
        verdicts.stream().filter(PhotoVerdict::used).toList(),
        Optional.empty());
  }

  /** What pictures are compared with stays, but nothing is shown or named. */
  TrainingPhotos unseen() {
    return new TrainingPhotos(List.of(), crops, person, Map.of(), List.of(), Optional.empty());
  }

  private static List<Manifest.StoredFile> pictures(Manifest manifest, String folder) {
    return manifest.filesBelow(folder).stream().filter(file -> file.name().endsWith(PNG)).toList();
  }

  private static String stem(Manifest.StoredFile file, String folder) {
    return file.name().substring(folder.length(), file.name().length() - PNG.length());
  }

  private static Optional<VarietyReport> variety(ArtifactStore store, Manifest manifest)
      throws IOException {
    var file = manifest.file(VARIETY);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(
            StageJson.json()
                .readValue(StageFolder.open(store, file.get()).toFile(), VarietyReport.class));
  }

  private static List<PhotoVerdict> verdicts(ArtifactStore store, Manifest manifest)
      throws IOException {
    var file = manifest.file(VERDICTS);
    return file.isEmpty()
        ? List.of()
        : StageJson.json()
            .readValue(
                StageFolder.open(store, file.get()).toFile(),
                new TypeReference<List<PhotoVerdict>>() {});
  }
}
