package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.train.LoraForm;
import dev.atelier.runtime.train.TextualInversion;
import dev.atelier.runtime.train.TransformerTuning;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a train stage tuned and published, as local files whose digests were checked.
 *
 * @param byName the files by their name below {@code model/}
 * @param sha256 digest of the manifest that lists them
 */
public record TunedFiles(Map<String, Path> byName, String sha256) {

  /** Directory of a model's files in a manifest. */
  public static final String FOLDER = "model/";

  static final String ADAPTERS = LoraForm.Diffusers.place();
  private static final String PEFT = LoraForm.Peft.place() + "/";
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
      var name = stored.name().substring(FOLDER.length());
      if (isTuned(name)) {
        files.put(name, StageFolder.open(store, stored));
      }
    }
    if (files.isEmpty()) {
      throw new StageFailure.BadInput(
          "%s in %s lists no files of a model; is it the manifest of a model that was trained?"
              .formatted(published.key(), store.describe()));
    }
    return new TunedFiles(files, published.sha256());
  }

  /** Not so are the parts of a whole pipeline that are the base model's. */
  private static boolean isTuned(String name) {
    return name.equals(ADAPTERS)
        || name.equals(LoraForm.Kohya.place())
        || name.startsWith(PEFT)
        || name.equals(UNET)
        || TEXTS.contains(name)
        || TextualInversion.FILES.contains(name)
        || name.startsWith(TransformerTuning.FOLDER + "/");
  }

  /** What a method exported to a folder, before it is published. */
  static TunedFiles exported(Path folder, List<Path> files) {
    var byName = new LinkedHashMap<String, Path>();
    files.forEach(file -> byName.put(ModelOutput.slashed(file), folder.resolve(file)));
    return new TunedFiles(byName, "not published");
  }

  /** The base model with the networks in place that were trained as a whole. */
  ModelFiles on(ModelFiles base) {
    var files = unet().map(base::withUnet).orElse(base);
    for (var text : texts().entrySet()) {
      files = files.withText(text.getKey(), text.getValue());
    }
    return files;
  }

  /** The adapters, in any of the forms that hold them all. */
  Optional<Path> adapters() {
    return Optional.ofNullable(byName.get(ADAPTERS))
        .or(() -> Optional.ofNullable(byName.get(LoraForm.Kohya.place())))
        .or(this::peft);
  }

  /** The folder of PEFT's folders. */
  private Optional<Path> peft() {
    return byName.entrySet().stream()
        .filter(file -> file.getKey().startsWith(PEFT))
        .map(file -> file.getValue().resolve("../..").normalize())
        .findFirst();
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
