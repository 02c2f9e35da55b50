package dev.atelier.runtime.stage;

import dev.atelier.runtime.latent.CaptionEncoder;
import dev.atelier.runtime.latent.LatentEncoder;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.pipeline.wan.VideoPrompts;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The encoders of a Wan model. */
final class WanEncoders {
  private WanEncoders() {}

  /**
   * Opens them.
   *
   * @param digests of the folder's files
   */
  static VideoEncoders.Opened open(Path folder, FolderDigest digests, Torch torch) {
    var files = WanFiles.of(folder);
    var patch = files.transformerConfig().patch();
    var latents =
        new Latents(
            files.autoencoder(torch), Math.max(patch.get(1), patch.get(2)), latentSha256(digests));
    var captions =
        new Captions(
            torch,
            files.tokenizer(),
            files.text(torch, Residence.RESIDENT),
            files.words(),
            captionSha256(digests));
    return new VideoEncoders.Opened(latents, captions);
  }

  /** Digest of the autoencoder. */
  static String latentSha256(FolderDigest model) {
    return model.below("vae").sha256();
  }

  /** Digest of tokenizer and text encoder. */
  static String captionSha256(FolderDigest model) {
    var read = model.below("tokenizer").sha256() + model.below("text_encoder").sha256();
    return Digests.of(read.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The autoencoder's encoding half.
   *
   * @param patch latents on a side of the denoiser's patches
   */
  private record Latents(AutoencoderKLWan autoencoder, int patch, String sha256)
      implements LatentEncoder {
    @Override
    public Tensor encode(Tensor pixels) {
      try (Scope scope = Scope.open()) {
        Tensor latents = autoencoder.normalised(autoencoder.encode(pixels).mode());
        return scope.keep(
            latents.reshape(latents.size(1), latents.size(2), latents.size(3), latents.size(4)));
      }
    }

    @Override
    public int multiple() {
      return autoencoder.config().compression() * patch;
    }

    @Override
    public void close() {
      autoencoder.close();
    }
  }

  private record Captions(
      Torch torch, T5Tokenizer tokenizer, T5Encoder encoder, int words, String sha256)
      implements CaptionEncoder {
    @Override
    public Tensor encode(String caption) {
      try (Scope scope = Scope.open()) {
        Tensor states = new VideoPrompts(tokenizer, encoder).unpadded(torch, caption, words);
        return scope.keep(states.reshape(states.size(1), states.size(2)));
      }
    }

    @Override
    public void close() {
      encoder.close();
      tokenizer.close();
    }
  }
}
