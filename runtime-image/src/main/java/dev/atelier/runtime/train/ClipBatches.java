package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Batches of clips and of pictures in turn, so that what is rare in clips is learnt from pictures.
 * Which of both, which examples, noise, places on the flow and dropped captions are functions of
 * seed and step alone.
 */
public final class ClipBatches implements BatchSource<ClipBatch> {
  private static final long CHOICES = 1;
  private static final long NOISE = 2;
  private static final long CLIP_ORDER = 3;
  private static final long PICTURE_ORDER = 4;

  /**
   * How batches are made.
   *
   * @param size clips, or pictures, in a forward pass
   * @param accumulation forward passes of a step
   * @param imageFraction share of the passes that see pictures
   * @param captionDropout share of captions replaced by the empty one
   * @param words tokens of text that the denoiser sees
   */
  public record Settings(
      long seed,
      int size,
      int accumulation,
      double imageFraction,
      double captionDropout,
      int words) {}

  private final Torch torch;
  private final Settings settings;
  private final FlowObjective objective;
  private final Tensor noCaption;
  private final ClipSet clips;
  private final ClipSet pictures;
  private final SameSize clipSizes;
  private final SameSize pictureSizes;

  /**
   * Batches from these examples.
   *
   * @param noCaption states of the empty caption {@code [words, width]}, without padding
   */
  public ClipBatches(
      Torch torch,
      Settings settings,
      FlowObjective objective,
      Tensor noCaption,
      ClipSet clips,
      ClipSet pictures) {
    requireExamples("clips", clips, settings.imageFraction() < 1);
    requireExamples("pictures", pictures, settings.imageFraction() > 0);
    this.torch = torch;
    this.settings = settings;
    this.objective = objective;
    this.noCaption = noCaption;
    this.clips = clips;
    this.pictures = pictures;
    clipSizes = new SameSize(clips);
    pictureSizes = new SameSize(pictures);
  }

  private static void requireExamples(String what, ClipSet set, boolean needed) {
    if (needed && set.size() == 0) {
      throw new IllegalArgumentException(
          "There are no %s to train on; add some or change imageFraction.".formatted(what));
    }
  }

  @Override
  public ClipBatch batch(int step, int accumulation) {
    long pass = (long) step * settings.accumulation() + accumulation;
    long picturesBefore = (long) (pass * settings.imageFraction());
    boolean picture = (long) ((pass + 1) * settings.imageFraction()) > picturesBefore;
    long turn = picture ? picturesBefore : pass - picturesBefore;
    long order = SubjectBatches.mix(settings.seed(), picture ? PICTURE_ORDER : CLIP_ORDER);
    var chosen = (picture ? pictureSizes : clipSizes).batch(turn, settings.size(), order);
    return drawn(picture ? pictures : clips, chosen, pass);
  }

  private ClipBatch drawn(ClipSet set, List<Integer> chosen, long pass) {
    var random = new Random(SubjectBatches.mix(SubjectBatches.mix(settings.seed(), CHOICES), pass));
    var latents = new ArrayList<Tensor>();
    var captions = new ArrayList<Tensor>();
    var sigmas = new float[chosen.size()];
    for (int i = 0; i < sigmas.length; i++) {
      int example = chosen.get(i);
      boolean dropped = random.nextDouble() < settings.captionDropout();
      latents.add(set.latents(example));
      captions.add(padded(dropped ? noCaption : set.caption(example), settings.words()));
      sigmas[i] = (float) objective.draw(random);
    }
    Tensor stacked = Ops.stack(0, latents);
    long seed = SubjectBatches.mix(SubjectBatches.mix(settings.seed(), NOISE), pass);
    try (var generator = torch.generator(seed)) {
      Tensor noise = generator.randn(stacked.shape());
      return new ClipBatch(List.of(Clips.of(stacked, noise, sigmas, Ops.stack(0, captions))));
    }
  }

  /** Zeros behind the words, as when sampling. */
  static Tensor padded(Tensor caption, int words) {
    long used = Math.min(caption.size(0), words);
    return Ops.pad(caption.narrow(0, 0, used), 0, 0, 0, words - used);
  }
}
