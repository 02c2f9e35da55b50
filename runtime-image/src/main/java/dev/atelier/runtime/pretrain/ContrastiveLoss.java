package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * CLIP's loss (Radford et al. 2021, figure 3): among the captions of a batch a picture finds its
 * own, and a caption its picture. Captions that say the same count as one answer in equal parts.
 * Batches of any pictures take turns with those of alike ones, whose captions name clothes and
 * place alone: hair and glasses would tell them apart as well, and did. Batches that differ in
 * places join after a third of the steps: from the start they leave garments at chance.
 */
final class ContrastiveLoss implements Descent.StepLoss {

  /** Of batches: any pictures, and those alike but for garments, for colours, for places. */
  private static final int KINDS = 4;

  private static final int ANY = 0;
  private static final String PERSON = "person";

  private final Torch torch;
  private final Recipe recipe;
  private final int batch;
  private final ClipModel clip;
  private final ClipTokenizer tokenizer;
  private final SoftPictures pictures;
  private final DrawnWorld world;
  private final AlikeScenes garments;
  private final AlikeScenes colours;
  private final AlikeScenes places;

  ContrastiveLoss(
      Torch torch,
      Recipe recipe,
      int batch,
      ClipModel clip,
      ClipTokenizer tokenizer,
      PictureFile pictures) {
    this.torch = torch;
    this.recipe = recipe;
    this.batch = batch;
    this.clip = clip;
    this.tokenizer = tokenizer;
    this.pictures = new SoftPictures(torch, pictures);
    this.world = DrawnWorld.of(recipe);
    this.garments = AlikeScenes.butForGarments(world, batch);
    this.colours = AlikeScenes.butForColours(world, batch);
    this.places = AlikeScenes.butForPlaces(world, batch);
  }

  @Override
  public Tensor at(int step) {
    long seed = SubjectBatches.mix(recipe.seed() + 6, step);
    var random = new Random(seed);
    int kind = kind(step);
    var numbers = numbers(kind, random);
    var captions = new ArrayList<String>();
    for (int number : numbers) {
      captions.add(
          kind == ANY
              ? world.caption(number, random.nextLong())
              : CaptionWriter.prompt(PERSON, world.scene(number)));
    }
    var seen = pictures.at(step, seed, numbers);
    var logits = clip.logits(seen, ids(torch, tokenizer, captions));
    var answers = answers(captions);
    var ofPictures = CrossEntropy.of(logits, answers, 1);
    return ofPictures.combine(0.5, CrossEntropy.of(logits, answers, 0), 0.5);
  }

  private int kind(int step) {
    boolean placesToo = step >= recipe.clip().steps() / 3;
    return step / 2 % (placesToo ? KINDS : KINDS - 1);
  }

  private int[] numbers(int kind, Random random) {
    return switch (kind) {
      case ANY -> random.ints(batch, 0, recipe.world().training()).toArray();
      case 1 -> garments.choose(batch, random);
      case 2 -> colours.choose(batch, random);
      default -> places.choose(batch, random);
    };
  }

  /** Captions as int64 ids {@code [captions, tokens]}. */
  static Tensor ids(Torch torch, ClipTokenizer tokenizer, List<String> captions) {
    int length = tokenizer.length();
    var ids = new long[captions.size() * length];
    for (int i = 0; i < captions.size(); i++) {
      System.arraycopy(tokenizer.encode(captions.get(i)), 0, ids, i * length, length);
    }
    return torch.tensor(ids, captions.size(), length);
  }

  /** The share that each pair has among the right answers; rows and columns add up to one. */
  private Tensor answers(List<String> captions) {
    var shares = new float[batch * batch];
    for (int i = 0; i < batch; i++) {
      var caption = captions.get(i);
      long same = captions.stream().filter(caption::equals).count();
      for (int k = 0; k < batch; k++) {
        shares[i * batch + k] = caption.equals(captions.get(k)) ? 1f / same : 0;
      }
    }
    return torch.tensor(shares, batch, batch);
  }
}
