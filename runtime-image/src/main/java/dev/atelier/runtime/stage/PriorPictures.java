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
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.runtime.train.LatentSet;
import dev.atelier.stage.PerceptionInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures of the class, drawn by the base model before it is tuned, and judged as photos are: one
 * that is refused is drawn again from another seed. They are kept as latents, which spares the way
 * into the autoencoder, beside the runs of the resource: another attempt or run reuses them, and
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

  /** Seeds that are tried for a picture. */
  private static final int ATTEMPTS = 2;

  private static final String LATENTS = "latents";

  private final StageContext context;
  private final Torch torch;
  private final StableDiffusionPipeline pipeline;

  PriorPictures(StageContext context, Torch torch, StableDiffusionPipeline pipeline) {
    this.context = context;
    this.torch = torch;
    this.pipeline = pipeline;
  }

  /**
   * What to draw.
   *
   * @param base digest of the base model
   * @param precision that it computes in
   * @param perception the models that judge
   * @param buckets shapes, and the prompts of the pictures of each
   * @param seed of the first picture; picture n of all has seed + n, and if it is refused that of a
   *     round later
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
      long round = (long) attempt * request.pictures();
      return pictures.stream().map(n -> seed() + n + round).toList();
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
              Torch.version());
      var digest = Digests.of(facts.toString().getBytes(StandardCharsets.UTF_8));
      return "%s/%04d-%d.safetensors".formatted(digest.substring(0, 16), from, count);
    }
  }

  /** The latents of the pictures of each shape; drawn where they are not in the store. */
  List<LatentSet> latents(Request request) throws IOException {
    context.progress().begin("drawing prior images", request.pictures(), 0);
    var sets = new ArrayList<LatentSet>();
    try (var judge = new ClassPictureJudge(context.stores(), request.perception())) {
      for (var part : request.parts()) {
        sets.add(latents(part, judge));
      }
      judge.summary().ifPresent(sentence -> LOG.info("Train: {}", sentence));
      return sets;
    } catch (IOException | RuntimeException e) {
      sets.forEach(LatentSet::close);
      throw e;
    }
  }

  private LatentSet latents(Part part, ClassPictureJudge judge) throws IOException {
    int pictures = part.prompts().size();
    var shape = part.shape();
    int together = DiffusionPictures.together(shape.width(), shape.height(), MOST_TOGETHER);
    try (Scope scope = Scope.open()) {
      var groups = new ArrayList<Tensor>();
      for (int from = 0; from < pictures; from += together) {
        if (context.stop().requested()) {
          throw new StageFailure.Checkpointed(
              "stopped (%s) with %d of %d prior images drawn; they are kept"
                  .formatted(
                      context.stop().reason(), part.before() + from, part.request().pictures()));
        }
        int count = Math.min(together, pictures - from);
        groups.add(group(part, from, count, judge));
        context.progress().step(part.before() + from + count, List.of());
      }
      return LatentSet.of(Scope.release(Ops.concat(0, groups)));
    }
  }

  private Tensor group(Part part, int from, int count, ClassPictureJudge judge) throws IOException {
    var key = shelf() + "/" + part.key(from, count);
    var kept = kept(key, count);
    if (kept.isPresent()) {
      return kept.get();
    }
    var drawn = accepted(part, from, count, judge);
    var file = Files.createTempFile(context.scratch(), "prior-", ".safetensors");
    try {
      SafeTensorsWriter.write(file, Map.of(LATENTS, drawn), Map.of("format", "pt"));
      context.store().put(key, file);
    } finally {
      Files.deleteIfExists(file);
    }
    return drawn;
  }

  private Optional<Tensor> kept(String key, int count) {
    try {
      return context
          .store()
          .local(key)
          .map(file -> SafeTensorsFile.readAll(torch, file).get(LATENTS))
          .filter(latents -> latents.size(0) == count);
    } catch (WeightsException e) {
      return Optional.empty(); // damaged: drawn again
    }
  }

  /** Draws a group, and what is refused of it again. */
  private Tensor accepted(Part part, int from, int count, ClassPictureJudge judge) {
    var rows = new TreeMap<Integer, Tensor>();
    var asked = IntStream.range(from, from + count).boxed().toList();
    for (int attempt = 0; attempt < ATTEMPTS && !asked.isEmpty(); attempt++) {
      var drawn = draw(part, asked, attempt);
      var pictures = PictureTensors.pictures(pipeline.decode(drawn));
      var refused = new ArrayList<Integer>();
      for (int i = 0; i < asked.size(); i++) {
        rows.put(asked.get(i), drawn.narrow(0, i, 1));
        if (judge.refuses(pictures.get(i), attempt == ATTEMPTS - 1)) {
          refused.add(asked.get(i));
        }
      }
      asked = refused;
    }
    return Ops.concat(0, List.copyOf(rows.values()));
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
  private String shelf() {
    var run = context.file().prefix();
    return run.substring(0, run.lastIndexOf('/')) + "/prior";
  }
}
