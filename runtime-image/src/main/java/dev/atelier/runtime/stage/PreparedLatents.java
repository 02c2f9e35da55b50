package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.latent.LatentFiles;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.Stage;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The set that this run prepared, checked against what is to be trained: latents and captions of
 * the model's own encoders, in every size that training asks for.
 *
 * @param published the manifest of the whole set
 * @param index what there is of which clip
 */
record PreparedLatents(ArtifactStore store, StageFolder.Published published, LatentIndex index) {

  /** Opens the set of a run, or ends the stage with what does not fit. */
  static PreparedLatents open(StageContext context, BaseModel base, VideoTrainingInput training)
      throws IOException {
    var published = context.folder().required(Stage.PREPARE_VIDEO.slug());
    var file =
        published
            .manifest()
            .file(PreparedClips.LATENTS)
            .orElseThrow(
                () ->
                    new StageFailure.BadInput(
                        "%s lists no %s: the clips were prepared without latents, before spec.training was there; raise spec.runNonce to prepare them again"
                            .formatted(published.key(), PreparedClips.LATENTS)));
    var index = LatentIndex.read(Files.readAllBytes(StageFolder.open(context.store(), file)));
    index.require(WanEncoders.latentSha256(base.files()), WanEncoders.captionSha256(base.files()));
    var prepared = new PreparedLatents(context.store(), published, index);
    prepared.requireClips();
    training.phases().forEach(prepared::require);
    return prepared;
  }

  /** The tensors; every file's digest is checked when it is first opened. */
  LatentFiles files(Torch torch) {
    return new LatentFiles(
        torch,
        index,
        name ->
            StageFolder.open(store, published.manifest().file(name).orElseThrow(() -> gone(name))));
  }

  /** Clips, or pictures. */
  List<LatentIndex.Entry> entries(boolean pictures) {
    return index.entries(pictures);
  }

  private void requireClips() {
    if (index.clips().isEmpty()) {
      throw new StageFailure.BadInput(
          "%s lists no clips; add some to spec.dataset and raise spec.runNonce"
              .formatted(PreparedClips.LATENTS));
    }
  }

  private void require(VideoTrainingInput.Phase phase) {
    boolean there =
        index.shapes().stream()
            .anyMatch(
                shape ->
                    shape.name().equals(phase.name())
                        && shape.width() == phase.width()
                        && shape.height() == phase.height()
                        && shape.frames() == phase.frames());
    if (!there) {
      throw new StageFailure.BadInput(
          "training stage '%s' wants clips of %dx%d and %d frames, prepared are %s; raise spec.runNonce to prepare them again"
              .formatted(phase.name(), phase.width(), phase.height(), phase.frames(), shapes()));
    }
    require(
        phase, "clips", "dataset.videos", phase.imageFraction() < 1 && entries(false).isEmpty());
    require(
        phase, "pictures", "dataset.images", phase.imageFraction() > 0 && entries(true).isEmpty());
  }

  private static void require(
      VideoTrainingInput.Phase phase, String what, String where, boolean missing) {
    if (missing) {
      throw new StageFailure.BadInput(
          "training stage '%s' has imageFraction %s, but there are no %s; add some to spec.%s or change imageFraction, then raise spec.runNonce"
              .formatted(phase.name(), phase.imageFraction(), what, where));
    }
  }

  private String shapes() {
    return index.shapes().stream()
        .map(
            shape ->
                "'%s' %dx%d with %d frames"
                    .formatted(shape.name(), shape.width(), shape.height(), shape.frames()))
        .collect(Collectors.joining(", "));
  }

  private static StageFailure gone(String file) {
    return new StageFailure.BadInput(
        "%s is in the index of latents but not in the manifest; raise spec.runNonce to prepare the clips again"
            .formatted(file));
  }
}
