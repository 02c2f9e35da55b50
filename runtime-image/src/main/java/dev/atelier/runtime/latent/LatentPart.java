package dev.atelier.runtime.latent;

import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * One safetensors file of latents and embeddings while it is filled. Captions wait until it is
 * written: the text encoder then works once for all of them, and need not be in memory beside the
 * autoencoder.
 */
public final class LatentPart implements AutoCloseable {

  private static final String OURS = "atelier.";

  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final Map<String, String> texts = new TreeMap<>();
  private final LatentEncoder latents;
  private final CaptionEncoder captions;

  /** An empty part. */
  public LatentPart(LatentEncoder latents, CaptionEncoder captions) {
    this.latents = latents;
    this.captions = captions;
    texts.put(LatentIndex.NO_CAPTION, "");
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

  /** Adds a clip's caption, to be embedded. */
  public void caption(String clip, String caption) {
    texts.put(LatentIndex.caption(clip), caption);
  }

  /** Embeds the captions and writes the file; the same tensors always give the same bytes. */
  public void write(Path target) throws IOException {
    texts.forEach(this::embed);
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

  private void embed(String name, String caption) {
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
