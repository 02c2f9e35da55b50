package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.train.TextualInversion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a train stage published, as local files whose digests were checked.
 *
 * @param byName the files by their name below {@code model/}
 * @param sha256 digest of the manifest that lists them
 */
public record TunedFiles(Map<String, Path> byName, String sha256) {

  /** Directory of a model's files in a manifest. */
  public static final String FOLDER = "model/";

  static final String ADAPTERS = "pytorch_lora_weights.safetensors";
  static final String UNET = "unet/diffusion_pytorch_model.safetensors";
  static final String TRANSFORMER = "transformer/diffusion_pytorch_model.safetensors";

  /** In the order of the base model's text encoders. */
  private static final List<String> TEXTS =
      List.of("text_encoder/model.safetensors", "text_encoder_2/model.safetensors");

  public TunedFiles {
    byName = Map.copyOf(byName);
  }

  /**
   * Opens the model of a published manifest, of the train stage or of a later one that adopts its
   * files.
   */
  public static TunedFiles of(ArtifactStore store, StageFolder.Published published) {
    var files = new LinkedHashMap<String, Path>();
    for (Manifest.StoredFile stored : published.manifest().filesBelow(FOLDER)) {
      files.put(stored.name().substring(FOLDER.length()), StageFolder.open(store, stored));
    }
    if (files.isEmpty()) {
      throw new StageFailure.BadInput(
          "%s in %s lists no files of a model; is it the manifest of a model that was trained?"
              .formatted(published.key(), store.describe()));
    }
    return new TunedFiles(files, published.sha256());
  }

  Optional<Path> adapters() {
    return Optional.ofNullable(byName.get(ADAPTERS));
  }

  /** The vectors of a learnt token, for each text encoder that learnt it. */
  List<Path> embeddings() {
    return TextualInversion.FILES.stream().map(byName::get).filter(Objects::nonNull).toList();
  }

  /** Folder with the weights of a denoiser that was trained as a whole. */
  Optional<Path> unet() {
    return folder(UNET);
  }

  /** Folder with the configuration and weights of a video denoiser that was trained as a whole. */
  Optional<Path> transformer() {
    return folder(TRANSFORMER);
  }

  /** Folders with the weights of text encoders that were trained as a whole, by their places. */
  public Map<Integer, Path> texts() {
    var folders = new LinkedHashMap<Integer, Path>();
    for (int i = 0; i < TEXTS.size(); i++) {
      int place = i;
      folder(TEXTS.get(i)).ifPresent(folder -> folders.put(place, folder));
    }
    return folders;
  }

  private Optional<Path> folder(String name) {
    return Optional.ofNullable(byName.get(name)).map(Path::getParent);
  }
}
