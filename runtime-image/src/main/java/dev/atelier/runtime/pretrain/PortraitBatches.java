package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.Batch;
import dev.atelier.runtime.train.BatchSource;
import dev.atelier.runtime.train.Conditioning;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.Random;

/**
 * Batches of the drawn world. Each sight of a picture comes with a caption of its own. Timesteps
 * are spread evenly over a batch from a random start (Kingma et al. 2021, appendix I.1), which
 * takes noise out of the loss at no cost.
 */
final class PortraitBatches implements BatchSource<Batch> {

  private static final long CHOICES = 11;
  private static final long NOISE = 12;

  private final Torch torch;
  private final Recipe recipe;
  private final DenoiserStage stage;
  private final DrawnWorld world;
  private final ClipTokenizer tokenizer;
  private final Tensor latents;
  private final int timesteps;

  /**
   * @param latents scaled, {@code [pictures, channels, height, width]}
   * @param timesteps training steps of the diffusion
   */
  PortraitBatches(
      Torch torch,
      Recipe recipe,
      DenoiserStage stage,
      ClipTokenizer tokenizer,
      Tensor latents,
      int timesteps) {
    this.torch = torch;
    this.recipe = recipe;
    this.stage = stage;
    this.world = DrawnWorld.of(recipe);
    this.tokenizer = tokenizer;
    this.latents = latents;
    this.timesteps = timesteps;
  }

  @Override
  public Batch batch(int stepOfStage, int accumulation) {
    int step = stage.stepsBefore() + stepOfStage;
    int size = stage.training().batch();
    var random = new Random(of(CHOICES, step));
    try (var generator = torch.generator(of(NOISE, step))) {
      var numbers = new long[size];
      var times = new long[size];
      var ids = new long[size * tokenizer.length()];
      double start = random.nextDouble();
      for (int i = 0; i < size; i++) {
        int picture = random.nextInt(recipe.world().training());
        boolean dropped = random.nextDouble() < recipe.denoiser().captionDropout();
        var caption = dropped ? "" : world.caption(picture, random.nextLong());
        numbers[i] = picture;
        times[i] = (long) ((start + (double) i / size) % 1 * timesteps);
        System.arraycopy(
            tokenizer.encode(caption), 0, ids, i * tokenizer.length(), tokenizer.length());
      }
      var clean = latents.select(0, torch.tensor(numbers, size));
      return new Batch(
          clean,
          generator.randn(clean.shape()),
          times,
          new Conditioning.Tokens(torch.tensor(ids, size, tokenizer.length())),
          size);
    }
  }

  private long of(long stream, long step) {
    return SubjectBatches.mix(SubjectBatches.mix(recipe.seed(), stream), step);
  }
}
