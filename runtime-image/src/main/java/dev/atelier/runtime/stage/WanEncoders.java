package dev.atelier.runtime.stage;

import dev.atelier.runtime.latent.CaptionEncoder;
import dev.atelier.runtime.latent.LatentEncoder;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.pipeline.wan.VideoPrompts;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The encoders of a Wan model. */
final class WanEncoders {
  private WanEncoders() {}

  static VideoEncoders.Opened open(Path folder, Torch torch) throws IOException {
    var files = WanFiles.of(folder);
    var latents = new Latents(files.autoencoder(torch), multiple(folder), latentSha256(folder));
    var captions =
        new Captions(
            torch,
            files.tokenizer(),
            files.text(torch, Residence.RESIDENT),
            files.words(),
            captionSha256(folder));
    return new VideoEncoders.Opened(latents, captions);
  }

  /** Digest of the autoencoder. */
  static String latentSha256(Path folder) throws IOException {
    return Digests.ofFolder(folder.resolve("vae"));
  }

  /** Digest of tokenizer and text encoder. */
  static String captionSha256(Path folder) throws IOException {
    var read =
        Digests.ofFolder(folder.resolve("tokenizer"))
            + Digests.ofFolder(folder.resolve("text_encoder"));
    return Digests.of(read.getBytes(StandardCharsets.UTF_8));
  }

  /** Latents on a side of the denoiser's patches. */
  private static int multiple(Path folder) {
    var denoiser =
        WanConfig.from(ModelConfig.read(folder.resolve("transformer").resolve("config.json")));
    return Math.max(denoiser.patch().get(1), denoiser.patch().get(2));
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
