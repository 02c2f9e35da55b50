package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.photo.CropShape;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PerceptionInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures of the class, drawn by the base model before it is tuned, and judged as photos are. They
 * are kept as latents beside the runs of the resource: another attempt or run reuses them, and
 * erasing the resource erases them.
 */
final class PriorPictures {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** The sampler of the published DreamBooth recipes' successors: few steps, little guidance. */
  static final String SCHEDULER = "DPMSolverMultistep";

  private static final int STEPS = 20;

  /** Low, so that the class keeps its variety. */
  private static final double GUIDANCE = 3;

  private static final int MOST_TOGETHER = 16;

  /** Seeds between two attempts at a picture: more than a resource may ask pictures for. */
  private static final long ATTEMPT = 10_000;

  private final StageContext context;
  private final Torch torch;
  private final StableDiffusionPipeline pipeline;
  private final ClassPictureJudge.Opening judges;
  private final ClassPictureShelf shelf;

  PriorPictures(
      StageContext context,
      Torch torch,
      StableDiffusionPipeline pipeline,
      ClassPictureJudge.Opening judges) {
    this.context = context;
    this.torch = torch;
    this.pipeline = pipeline;
    this.judges = judges;
    this.shelf = new ClassPictureShelf(context.store(), context.scratch(), torch);
  }

  /**
   * What to draw.
   *
   * @param base digest of the base model
   * @param precision that it computes in
   * @param perception the models that judge
   * @param buckets shapes, and the prompts of the pictures of each
   * @param seed of the first picture; picture n of all has seed + n, and each attempt after a
   *     refusal one that is {@link #ATTEMPT} higher
   */
  record Request(
      String base,
      DType precision,
      PerceptionInput perception,
      List<PhotoBucket> buckets,
      long seed) {

    private int pictures() {
      return buckets.stream().mapToInt(bucket -> bucket.priorPrompts().size()).sum();
    }

    private List<Part> parts() {
      var parts = new ArrayList<Part>();
      int before = 0;
      for (var bucket : buckets) {
        parts.add(new Part(this, bucket, before));
        before += bucket.priorPrompts().size();
      }
      return parts;
    }
  }

  /**
   * The pictures of one shape.
   *
   * @param before pictures of the shapes before it
   */
  private record Part(Request request, PhotoBucket bucket, int before) {

    private List<String> prompts() {
      return bucket.priorPrompts();
    }

    private CropShape shape() {
      return bucket.shape();
    }

    private long seed() {
      return request.seed() + before;
    }

    private List<Long> seeds(List<Integer> pictures, int attempt) {
      return pictures.stream().map(n -> seed() + n + attempt * ATTEMPT).toList();
    }

    private String key(int from, int count) {
      var facts =
          List.of(
              request.base(),
              request.precision(),
              request.perception().faceDetector(),
              request.perception().nudity(),
              prompts().subList(from, from + count),
              shape().isSquare() ? shape().width() : shape(),
              seed(),
              SCHEDULER,
              STEPS,
              GUIDANCE,
              ClassPictureSearch.SEEDS,
              Torch.version());
      var digest = Digests.of(facts.toString().getBytes(StandardCharsets.UTF_8));
      return "%s/%04d-%d.safetensors".formatted(digest.substring(0, 16), from, count);
    }
  }

  /** The pictures of each shape; drawn where they are not in the store. */
  ClassPictures pictures(Request request) throws IOException {
    context.progress().begin("drawing prior images", request.pictures(), 0);
    var sets = new ArrayList<ClassPictures.OfShape>();
    var count = ClassPictureCount.NONE;
    try (var judge = judges.open(context.stores(), request.perception())) {
      var search = new ClassPictureSearch(judge::refusal);
      for (var part : request.parts()) {
        count = add(sets, part, search, count);
      }
      LOG.info("Train: class pictures: {}", count.told());
      count.shortfall().ifPresent(sentence -> LOG.warn("Train: {}", sentence));
      return new ClassPictures(sets, count);
    } catch (IOException | RuntimeException e) {
      sets.forEach(ClassPictures.OfShape::close);
      throw e;
    }
  }

  /** Adds the pictures of a shape, and returns the count with theirs. */
  private ClassPictureCount add(
      List<ClassPictures.OfShape> sets,
      Part part,
      ClassPictureSearch search,
      ClassPictureCount before)
      throws IOException {
    int pictures = part.prompts().size();
    var shape = part.shape();
    int together = DiffusionPictures.together(shape.width(), shape.height(), MOST_TOGETHER);
    var count = before;
    try (Scope scope = Scope.open()) {
      var prompts = new ArrayList<String>();
      var latents = new ArrayList<Tensor>();
      for (int from = 0; from < pictures; from += together) {
        var found = group(part, from, Math.min(together, pictures - from), search);
        found.pictures().keySet().forEach(picture -> prompts.add(part.prompts().get(picture)));
        latents.addAll(found.pictures().values());
        count = count.plus(found.count());
        requireHope(count, part.request().pictures());
        context.progress().step(count.asked(), List.of());
      }
      if (prompts.isEmpty()) {
        LOG.warn(
            "Train: no class picture of {} pixels is good; photos of that shape are learned without any",
            shape);
      }
      sets.add(ClassPictures.OfShape.of(prompts, latents));
    }
    return count;
  }

  private static void requireHope(ClassPictureCount count, int wanted) {
    if (count.isHopeless(wanted)) {
      throw new StageFailure.BadInput(
          "of the first %d of %d class pictures only %d are good, of %d seeds tried for each; refused: %s. The base model does not draw the class as intake accepts a photo: change training.priorPreservation.prompt, or set training.priorPreservation.enabled: false"
              .formatted(
                  count.asked(),
                  wanted,
                  count.found(),
                  ClassPictureSearch.SEEDS,
                  ClassPictureCount.told(count.refused())));
    }
  }

  private ClassPictureSearch.Found<Tensor> group(
      Part part, int from, int count, ClassPictureSearch search) throws IOException {
    var key = directory() + "/" + part.key(from, count);
    var kept = shelf.get(key);
    if (kept.isPresent()) {
      return kept.get();
    }
    var asked = IntStream.range(from, from + count).boxed().toList();
    var found =
        search.<Tensor>find(asked, (pictures, attempt) -> drawn(part, pictures, attempt, from));
    shelf.put(key, found);
    return found;
  }

  private List<ClassPictureSearch.Drawn<Tensor>> drawn(
      Part part, List<Integer> pictures, int attempt, int done) {
    if (context.stop().requested()) {
      throw new StageFailure.Checkpointed(
          "stopped (%s) with %d of %d prior images drawn; they are kept"
              .formatted(context.stop().reason(), part.before() + done, part.request().pictures()));
    }
    try (Scope scope = Scope.open()) {
      var latents = scope.keep(draw(part, pictures, attempt));
      var shown = PictureTensors.pictures(pipeline.decode(latents));
      return IntStream.range(0, pictures.size())
          .mapToObj(
              i ->
                  new ClassPictureSearch.Drawn<>(scope.keep(latents.narrow(0, i, 1)), shown.get(i)))
          .toList();
    }
  }

  private Tensor draw(Part part, List<Integer> pictures, int attempt) {
    var prompts = pictures.stream().map(part.prompts()::get).toList();
    var asked =
        new TextToImage(
            prompts,
            List.of(),
            part.shape().width(),
            part.shape().height(),
            STEPS,
            Guidance.of(GUIDANCE),
            0);
    try (var noise = new PictureNoise(torch, part.seeds(pictures, attempt))) {
      return pipeline.latents(asked, noise, StepListener.NONE);
    }
  }

  /** Beside the runs, below the resource: erased with it. */
  private String directory() {
    var run = context.file().prefix();
    return run.substring(0, run.lastIndexOf('/')) + "/prior";
  }
}
