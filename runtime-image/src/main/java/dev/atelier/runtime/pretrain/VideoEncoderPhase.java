package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes the video autoencoder of principal components, which needs no training. Its latents are
 * what everything builds on; {@link VideoDecoderPhase} makes it sharper in the end.
 */
final class VideoEncoderPhase implements Phase {

  private static final Set<String> BEGIN_AT_ZERO = Set.of("conv2.weight", "proj.weight");

  /** Frames whose squares give the components. */
  private static final int SEEN = 600;

  private static final int MOMENTS = 16;

  private final PretrainContext<VideoRecipe> context;

  VideoEncoderPhase(PretrainContext<VideoRecipe> context) {
    this.context = context;
  }

  @Override
  public void run() throws IOException {
    var publication = new VideoAutoencoderPublication(context);
    if (Files.exists(publication.weights().path())) {
      return;
    }
    var config = WanAutoencoderConfig.from(ModelConfig.read(publication.config()));
    var fresh = new FreshWeights(context.torch(), context.seed(1), BEGIN_AT_ZERO);
    try (var autoencoder = new AutoencoderKLWan(config, fresh)) {
      var weights = autoencoder.modules().parameters();
      var components = PrincipalComponents.of(squares(config.patch()), config.latentChannels());
      new PatchAutoencoder(context.torch(), components, config.encoderWidth()).begin(weights);
      publication.publish(0, weights);
    }
  }

  private float[][] squares(int edge) {
    var world = FilmWorld.of(context.recipe());
    return IntStream.range(0, SEEN)
        .mapToObj(i -> world.film(i).frame(i % MOMENTS / (MOMENTS - 1.0), world.size().edge()))
        .flatMap(frame -> FilmSquares.of(frame, edge).stream())
        .toArray(float[][]::new);
  }
}
