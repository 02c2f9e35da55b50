package dev.atelier.runtime.latent;

import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** One safetensors file of latents and embeddings while it is filled. */
public final class LatentPart implements AutoCloseable {

  private static final String OURS = "atelier.";

  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final LatentEncoder latents;
  private final CaptionEncoder captions;

  /** An empty part. */
  public LatentPart(LatentEncoder latents, CaptionEncoder captions) {
    this.latents = latents;
    this.captions = captions;
    keep(LatentIndex.NO_CAPTION, "");
  }

  /**
   * Adds the latents of a clip in one size.
   *
   * @param pixels {@code [1, 3, frames, height, width]} in [-1, 1]
   */
  public void add(String shape, String clip, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      tensors.put(LatentIndex.latents(shape, clip), Scope.release(latents.encode(pixels)));
    }
  }

  /** Adds the embedding of a clip's caption. */
  public void caption(String clip, String caption) {
    keep(LatentIndex.caption(clip), caption);
  }

  /** Writes the file; the same tensors always give the same bytes. */
  public void write(Path target) throws IOException {
    SafeTensorsWriter.write(
        target,
        tensors,
        Map.of(
            "format",
            "pt",
            OURS + LatentIndex.LATENT_ENCODER,
            latents.sha256(),
            OURS + LatentIndex.CAPTION_ENCODER,
            captions.sha256()));
  }

  private void keep(String name, String caption) {
    try (Scope scope = Scope.open()) {
      tensors.put(name, Scope.release(captions.encode(caption)));
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
