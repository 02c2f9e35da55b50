package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.PictureNoise;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Pictures of the class, drawn by the base model before it is tuned. They are kept as latents,
 * which spares the way through the autoencoder and back, beside the runs of the resource: another
 * attempt or run reuses them, and erasing the resource erases them.
 */
final class PriorPictures {

  /** The sampler of the published DreamBooth recipes' successors: few steps, little guidance. */
  static final String SCHEDULER = "DPMSolverMultistep";

  private static final int STEPS = 20;

  /** Low, so that the class keeps its variety. */
  private static final double GUIDANCE = 3;

  private static final int MOST_TOGETHER = 16;
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
   * @param prompts one per picture
   * @param resolution edge in pixels
   * @param seed of the first picture; picture n has seed + n
   */
  record Request(String base, DType precision, List<String> prompts, int resolution, long seed) {

    private String key(int from, int count) {
      var facts =
          List.of(
              base,
              precision,
              prompts.subList(from, from + count),
              resolution,
              seed,
              SCHEDULER,
              STEPS,
              GUIDANCE,
              Torch.version());
      var digest = Digests.of(facts.toString().getBytes(StandardCharsets.UTF_8));
      return "%s/%04d-%d.safetensors".formatted(digest.substring(0, 16), from, count);
    }
  }

  /** The latents of every picture; drawn where they are not in the store. */
  LatentSet latents(Request request) throws IOException {
    int pictures = request.prompts().size();
    int edge = request.resolution();
    int together = DiffusionPictures.together(edge, edge, MOST_TOGETHER);
    context.progress().begin("drawing prior images", pictures, 0);
    try (Scope scope = Scope.open()) {
      var groups = new ArrayList<Tensor>();
      for (int from = 0; from < pictures; from += together) {
        if (context.stop().requested()) {
          throw new StageFailure.Checkpointed(
              "stopped (%s) with %d of %d prior images drawn; they are kept"
                  .formatted(context.stop().reason(), from, pictures));
        }
        int count = Math.min(together, pictures - from);
        groups.add(group(request, from, count));
        context.progress().step(from + count, List.of());
      }
      return LatentSet.of(Scope.release(Ops.concat(0, groups)));
    }
  }

  private Tensor group(Request request, int from, int count) throws IOException {
    var key = shelf() + "/" + request.key(from, count);
    var kept = kept(key, count);
    if (kept.isPresent()) {
      return kept.get();
    }
    var drawn = draw(request, from, count);
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

  private Tensor draw(Request request, int from, int count) {
    var prompts = request.prompts().subList(from, from + count);
    var asked =
        new TextToImage(
            prompts,
            List.of(),
            request.resolution(),
            request.resolution(),
            STEPS,
            Guidance.of(GUIDANCE),
            0);
    var seeds = LongStream.range(from, from + count).map(n -> request.seed() + n).boxed().toList();
    try (var noise = new PictureNoise(torch, seeds)) {
      return pipeline.latents(asked, noise, StepListener.NONE);
    }
  }

  /** Beside the runs, below the resource: erased with it. */
  private String shelf() {
    var run = context.file().prefix();
    return run.substring(0, run.lastIndexOf('/')) + "/prior";
  }
}
