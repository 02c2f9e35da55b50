package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Generator;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Batches of the subject, and as many pictures of its class. Pictures, their form, noise, timesteps
 * and dropped captions are functions of seed and step alone. Both halves share noise and timesteps,
 * so that what tells them apart is the caption and the picture.
 */
public final class SubjectBatches implements BatchSource<Batch> {

  /** Streams of random numbers that do not overlap. */
  private static final long CHOICES = 1;

  private static final long NOISE = 2;
  private static final long SUBJECT_ORDER = 3;
  private static final long CLASS_ORDER = 4;
  private static final long BUCKET_ORDER = 5;

  /**
   * How batches are made.
   *
   * @param size pictures of the subject in a forward pass
   * @param accumulation forward passes of a step
   * @param captionDropout share of captions replaced by the empty one
   * @param timesteps training steps of the diffusion
   * @param noiseOffset strength of a shift of the noise that all pixels of a channel share (offset
   *     noise, Guttenberg 2023; diffusers {@code --noise_offset}); 0 for none
   */
  public record Settings(
      long seed,
      int size,
      int accumulation,
      double captionDropout,
      int timesteps,
      double noiseOffset) {}

  private final Torch torch;
  private final Settings settings;
  private final CaptionTable captions;
  private final List<Bucket> buckets;
  private final BucketTurns turns;

  /** Batches from these pictures, each of one bucket. */
  public SubjectBatches(
      Torch torch, Settings settings, CaptionTable captions, List<Bucket> buckets) {
    this.torch = torch;
    this.settings = settings;
    this.captions = captions;
    this.buckets = List.copyOf(buckets);
    this.turns =
        new BucketTurns(
            buckets.stream().map(bucket -> bucket.subject().captions().size()).toList(),
            mix(settings.seed(), BUCKET_ORDER));
  }

  @Override
  public Batch batch(int step, int accumulation) {
    long pass = (long) step * settings.accumulation() + accumulation;
    var random = new Random(mix(mix(settings.seed(), CHOICES), pass));
    try (var generator = torch.generator(mix(mix(settings.seed(), NOISE), pass))) {
      var turn = turns.at(pass);
      var subject = buckets.get(turn.bucket()).subject();
      var prior = buckets.get(turn.bucket()).prior();
      var half = new Half(subject, settings.size(), mix(settings.seed(), SUBJECT_ORDER));
      var chosen = half.choose(turn.count(), random);
      var timesteps = random.longs(settings.size(), 0, settings.timesteps()).toArray();
      var shape = chosen.latents().mean().shape();
      shape[0] = settings.size();
      var noise = noise(generator, shape);
      var latents = chosen.rows(() -> generator.randn(shape));
      if (prior.isEmpty()) {
        return new Batch(
            latents, noise, timesteps, captions.select(chosen.captions()), settings.size());
      }
      var others =
          new Half(prior.get(), settings.size(), mix(settings.seed(), CLASS_ORDER))
              .choose(turn.count(), random);
      return new Batch(
          Ops.concat(0, latents, others.rows(() -> generator.randn(shape))),
          Ops.concat(0, noise, noise),
          twice(timesteps, timesteps),
          captions.select(twice(chosen.captions(), others.captions())),
          settings.size());
    }
  }

  private Tensor noise(Generator generator, long... shape) {
    var noise = generator.randn(shape);
    return settings.noiseOffset() == 0
        ? noise
        : noise.combine(1, generator.randn(shape[0], shape[1], 1, 1), settings.noiseOffset());
  }

  /** The pictures of one half of a batch, with the rows of their captions. */
  private record Chosen(Torch torch, LatentSet latents, long[] pictures, long[] captions) {
    Tensor rows(Supplier<Tensor> noise) {
      return latents.rows(torch.tensor(pictures, pictures.length), noise);
    }
  }

  private final class Half {
    private final Examples examples;
    private final int size;
    private final long order;

    Half(Examples examples, int size, long order) {
      this.examples = examples;
      this.size = size;
      this.order = order;
    }

    Chosen choose(long turn, Random random) {
      var pictures = new long[size];
      var rows = new long[size];
      for (int i = 0; i < size; i++) {
        int picture = examples.at(turn * size + i, order);
        int form = random.nextInt(examples.variants());
        boolean dropped = random.nextDouble() < settings.captionDropout();
        pictures[i] = (long) form * examples.captions().size() + picture;
        rows[i] = dropped ? captions.empty() : examples.captions().get(picture);
      }
      return new Chosen(torch, examples.latents(), pictures, rows);
    }
  }

  private static long[] twice(long[] first, long[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Spreads a seed and a number over 63 bits (the finisher of MurmurHash3). */
  public static long mix(long seed, long number) {
    long z = seed * 0x9E3779B97F4A7C15L + number + 0x632BE59BD9B4E019L;
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (z ^ (z >>> 33)) >>> 1;
  }
}
