package dev.atelier.runtime.latent;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads what was prepared: tensors by clip, mapped from files that are opened once. */
public final class LatentFiles {

  private final Torch torch;
  private final LatentIndex index;
  private final Function<String, Path> files;
  private final Map<String, SafeTensorsFile> open = new HashMap<>();

  /**
   * @param files finds a file of the index
   */
  public LatentFiles(Torch torch, LatentIndex index, Function<String, Path> files) {
    this.torch = torch;
    this.index = index;
    this.files = files;
  }

  /** What there is. */
  public LatentIndex index() {
    return index;
  }

  /** {@code [channels, frames, height, width]}; one frame for a picture. */
  public Tensor latents(LatentIndex.Entry clip, String shape) {
    return tensor(clip, LatentIndex.latents(shape, clip.id()));
  }

  /** {@code [tokens, width]}. */
  public Tensor caption(LatentIndex.Entry clip) {
    return tensor(clip, LatentIndex.caption(clip.id()));
  }

  /** {@code [tokens, width]}: the embedding of the empty caption. */
  public Tensor noCaption() {
    return tensor(index.clips().get(0), LatentIndex.NO_CAPTION);
  }

  private Tensor tensor(LatentIndex.Entry clip, String name) {
    var file = open.computeIfAbsent(clip.file(), key -> SafeTensorsFile.open(files.apply(key)));
    if (!file.names().contains(name)) {
      throw new StageFailure.BadInput(
          "%s holds no %s, although the index says so; raise spec.runNonce to prepare the clips again"
              .formatted(clip.file(), name));
    }
    return file.map(torch, name);
  }
}
