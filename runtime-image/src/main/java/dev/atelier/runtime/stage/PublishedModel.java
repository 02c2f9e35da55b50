package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.SampleInput;
import java.util.Map;

/** A published model and the store that holds it. */
record PublishedModel(ArtifactStore store, StageFolder.Published published) {

  /**
   * Finds a model.
   *
   * @throws StageFailure.BadInput if it is gone, or is not what was published
   */
  static PublishedModel open(SampleInput.TunedModel model, Stores stores) {
    var store = stores.open(model.storage());
    var published =
        StageFolder.read(store, model.manifest())
            .orElseThrow(
                () ->
                    new StageFailure.BadInput(
                        "the tuned model's manifest %s is not in %s; was the model erased?"
                            .formatted(model.manifest(), store.describe())));
    if (!published.sha256().equals(model.sha256())) {
      throw new StageFailure.BadInput(
          "the tuned model's manifest %s in %s has the digest %s, the resource that published it says %s: it was changed after it was published; raise the model's spec.runNonce"
              .formatted(model.manifest(), store.describe(), published.sha256(), model.sha256()));
    }
    return new PublishedModel(store, published);
  }

  /** The model's files. */
  TunedFiles files() {
    return TunedFiles.of(store, published);
  }

  /** Says in a provenance what the model is and what it learned from. */
  void into(Provenance provenance) {
    var digest = published.manifest().provenance().get(Provenance.DATASET);
    provenance
        .with("tunedModel", published.key())
        .with(Provenance.TUNED, published.sha256())
        .withMissing(digest == null ? Map.of() : Map.of(Provenance.DATASET, digest));
  }
}
