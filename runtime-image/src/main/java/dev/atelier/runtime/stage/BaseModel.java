package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.ModelInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The base model's files, checked against the pin.
 *
 * @param folder in the diffusers layout, or with a single-file checkpoint, or that file itself
 * @param sha256 digest over all its files, as {@link FolderDigest} computes it, or of the file
 * @param files digests of a folder's files; none of a single file
 */
public record BaseModel(ModelInput input, Path folder, String sha256, FolderDigest files) {

  private static final String WAN = "Wan";

  /** Finds the model, or ends the stage with what is wrong with its place. */
  public static BaseModel open(ModelInput input, Stores stores) throws IOException {
    var folder = stores.local(input.location());
    if (!ModelFiles.isModel(folder)) {
      throw new StageFailure.BadInput(
          "%s of DiffusionRuntime %s is neither a diffusers folder (it has no %s) nor a single-file checkpoint (*.safetensors); point spec.model.source at one of them"
              .formatted(input.location().url(), input.runtime(), ModelFiles.INDEX));
    }
    boolean single = !Files.isDirectory(folder);
    var files = single ? new FolderDigest(List.of()) : FolderDigest.of(folder);
    var digest = single ? Digests.of(folder) : files.sha256();
    var pin = input.sha256();
    if (pin != null && !pin.isEmpty() && !pin.equals(digest)) {
      throw new StageFailure.BadInput(
          "the files at %s have the digest %s, DiffusionRuntime %s pins %s; restore the files or correct spec.model.sha256"
              .formatted(input.location().url(), digest, input.runtime(), pin));
    }
    requireFamily(input, folder);
    return new BaseModel(input, folder, digest, files);
  }

  /** The family decides which pipeline a resource gets, and is told as provenance. */
  private static void requireFamily(ModelInput input, Path folder) {
    var found = WanFiles.isModel(folder) ? Optional.of(WAN) : ModelFiles.family(folder);
    if (found.isPresent() && !found.get().equals(input.family())) {
      throw new StageFailure.BadInput(
          "DiffusionRuntime %s says spec.model.family: %s, and the model at %s is of the family %s; correct spec.model.family, or point spec.model.source at another model"
              .formatted(input.runtime(), input.family(), input.location().url(), found.get()));
    }
  }
}
