package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.latent.CaptionEncoder;
import dev.atelier.runtime.latent.LatentEncoder;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.pipeline.wan.EncodingPlan;
import dev.atelier.runtime.pipeline.wan.MemoryBudgetException;
import dev.atelier.runtime.pipeline.wan.VideoPrompts;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encoders of a Wan model. */
final class WanEncoders {
  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private WanEncoders() {}

  /**
   * Plans their memory, prints the plan, and opens them; neither is loaded before it is needed.
   *
   * @param digests of the folder's files
   * @param shapes of the clips that they will encode
   * @throws StageFailure.BadInput if an encoder does not fit into the memory there is
   */
  static VideoEncoders.Opened open(
      Path folder, FolderDigest digests, Torch torch, List<LatentShape> shapes) {
    var files = WanFiles.of(folder);
    var plan = plan(files, shapes, MemoryBudget.of(torch));
    plan.lines().forEach(line -> LOG.info("memory: {}", line));
    return opened(files, digests, torch, plan, new EncoderTurns(torch, files, plan));
  }

  /** As above, with everything decided. */
  static VideoEncoders.Opened opened(
      WanFiles files, FolderDigest digests, Torch torch, EncodingPlan plan, EncoderTurns turns) {
    var patch = files.transformerConfig().patch();
    int multiple = files.autoencoderConfig().compression() * Math.max(patch.get(1), patch.get(2));
    var latents = new Latents(turns, multiple, plan.tiles(), latentSha256(digests));
    var captions =
        new Captions(torch, files.tokenizer(), turns, files.words(), captionSha256(digests));
    return new VideoEncoders.Opened(latents, captions);
  }

  private static EncodingPlan plan(WanFiles files, List<LatentShape> shapes, long budget) {
    var clips =
        shapes.stream()
            .map(shape -> new EncodingPlan.Clips(shape.width(), shape.height(), shape.frames()))
            .toList();
    try {
      return EncodingPlan.of(files, clips, budget);
    } catch (MemoryBudgetException e) {
      throw new StageFailure.BadInput(String.valueOf(e.getMessage()), e);
    }
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
   * @param multiple of pixels that a side of the denoiser's patches covers
   * @param tiled whether it works in squares
   */
  private record Latents(EncoderTurns turns, int multiple, boolean tiled, String sha256)
      implements LatentEncoder {
    @Override
    public Tensor encode(Tensor pixels) {
      AutoencoderKLWan autoencoder = turns.autoencoder();
      try (Scope scope = Scope.open()) {
        Tensor latents = autoencoder.normalised(autoencoder.encode(pixels).mode());
        return scope.keep(
            latents.reshape(latents.size(1), latents.size(2), latents.size(3), latents.size(4)));
      }
    }

    @Override
    public String way() {
      return tiled ? "in squares of %d pixels".formatted(AutoencoderKLWan.TILE) : "whole";
    }

    @Override
    public void close() {
      turns.close();
    }
  }

  private record Captions(
      Torch torch, T5Tokenizer tokenizer, EncoderTurns turns, int words, String sha256)
      implements CaptionEncoder {
    @Override
    public Tensor encode(String caption) {
      T5Encoder encoder = turns.text();
      try (Scope scope = Scope.open()) {
        Tensor states = new VideoPrompts(tokenizer, encoder).unpadded(torch, caption, words);
        return scope.keep(states.reshape(states.size(1), states.size(2)));
      }
    }

    @Override
    public void close() {
      turns.close();
      tokenizer.close();
    }
  }
}
