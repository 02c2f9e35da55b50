package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.model.upscale.Upscaler;
import dev.atelier.runtime.pipeline.Delivery;
import dev.atelier.runtime.pipeline.LearntTokens;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.sample.PictureSource;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.stage.SamplerInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A base model, tuned or not, that draws with one sampler. It owns its networks. */
public final class DiffusionPictures implements PictureSource {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** Pixels of the pictures that are drawn together: eight of 256 x 256, two of 512 x 512. */
  private static final long PIXELS_TOGETHER = 2L * 512 * 512;

  private static final int MOST_TOGETHER = 8;

  private final Torch torch;
  private final PictureRequest request;
  private final SamplerInput sampler;
  private final String digest;
  private final Optional<RrdbNet> network;
  private final List<LearntTokens> tokens;
  private final List<ClipTextModel> texts;
  private final UNet2DConditionModel unet;
  private final Autoencoder autoencoder;
  private final StableDiffusionPipeline pipeline;

  private DiffusionPictures(
      Torch torch,
      ModelFiles files,
      List<LearntTokens> tokens,
      PictureRequest request,
      DType precision,
      String digest) {
    this.torch = torch;
    this.request = request;
    this.sampler = request.sampler();
    this.digest = digest;
    this.tokens = tokens;
    var scheduler = files.scheduler(sampler.scheduler());
    texts = files.texts(torch, Storage.MAPPED);
    unet = files.unet(torch, Storage.drawingIn(precision));
    autoencoder = files.autoencoder(torch);
    pipeline =
        new StableDiffusionPipeline(
            files.prompts(torch, tokenizers(files), texts),
            unet,
            autoencoder,
            scheduler,
            precision);
    network = request.enlargement().open(torch);
  }

  /**
   * Opens a model.
   *
   * @param tuned what a train stage published, or empty for the base model itself
   * @throws StageFailure.BadInput if the sampler asks for a size that the model cannot draw, or to
   *     leave out more layers than its text encoder has
   * @throws dev.atelier.runtime.tensor.WeightsException if a weight file does not fit the model
   */
  public static DiffusionPictures open(
      Torch torch, BaseModel base, Optional<TunedFiles> tuned, SamplerInput sampler) {
    return open(torch, base, tuned, PictureRequest.of(sampler), DType.FLOAT32);
  }

  /**
   * As above.
   *
   * @param precision that the denoiser computes in
   */
  static DiffusionPictures open(
      Torch torch,
      BaseModel base,
      Optional<TunedFiles> tuned,
      PictureRequest request,
      DType precision) {
    var sampler = request.sampler();
    var plain = ModelFiles.of(base.folder());
    var files = tuned.map(own -> own.on(plain)).orElse(plain);
    var tokens =
        tuned.map(TunedFiles::embeddings).orElse(List.of()).stream()
            .map(file -> LearntTokens.read(torch, file))
            .toList();
    var pictures =
        new DiffusionPictures(
            torch, files, tokens, request, precision, digest(base, tuned, request, precision));
    try {
      requireSize(pictures.autoencoder, sampler);
      requireLayers(pictures.texts, sampler);
      sayTiles(pictures.autoencoder, sampler.width(), sampler.height());
      tuned.flatMap(TunedFiles::adapters).ifPresent(pictures::fuse);
      return pictures;
    } catch (RuntimeException e) {
      pictures.close();
      throw e;
    }
  }

  @Override
  public List<RgbImage> draw(List<PlannedPicture> planned) {
    try (Scope scope = Scope.open();
        var noise = new PictureNoise(torch, planned.stream().map(PlannedPicture::seed).toList())) {
      var pictures = pipeline.decode(latents(planned, noise));
      return IntStream.range(0, planned.size())
          .mapToObj(i -> delivery().of(pictures.narrow(0, i, 1).contiguous()))
          .toList();
    }
  }

  private Delivery delivery() {
    int factor = request.enlargement().factor();
    return new Delivery(
        network.map(Upscaler::new), sampler.width() * factor, sampler.height() * factor);
  }

  private Tensor latents(List<PlannedPicture> planned, PictureNoise noise) {
    var asked = Requests.of(planned, sampler);
    return request
        .beginning()
        .map(given -> pipeline.imageToImage(asked, pixels(given, planned), given.strength(), noise))
        .orElseGet(() -> pipeline.latents(asked, noise, StepListener.NONE));
  }

  /** What the pictures, all of one prompt, begin with: {@code [1, 3, height, width]} in [-1, 1]. */
  private Tensor pixels(PictureRequest.Beginning given, List<PlannedPicture> planned) {
    var picture = given.pictures().of(planned.get(0).prompt(), sampler.width(), sampler.height());
    return PictureTensors.of(torch, picture);
  }

  @Override
  public int batchSize() {
    return together(sampler.width(), sampler.height(), MOST_TOGETHER);
  }

  /** Pictures that are drawn together: as many as memory allows, at most so many. */
  static int together(int width, int height, int most) {
    long pixels = (long) width * height;
    return (int) Math.max(1, Math.min(most, PIXELS_TOGETHER / pixels));
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    texts.forEach(ClipTextModel::close);
    unet.close();
    autoencoder.close();
    tokens.forEach(LearntTokens::close);
    network.ifPresent(RrdbNet::close);
  }

  /** The model's tokenizers, each with what its text encoder learnt. */
  private List<ClipTokenizer> tokenizers(ModelFiles files) {
    var tokenizers = new ArrayList<>(files.tokenizers());
    for (int i = 0; i < tokens.size(); i++) {
      tokenizers.set(i, tokens.get(i).teach(tokenizers.get(i), texts.get(i)));
    }
    return tokenizers;
  }

  private void fuse(Path adapters) {
    var targets = new LoraTargets(unet, texts);
    try (var lora = LoraFile.read(torch, adapters, targets)) {
      lora.fuse(targets, 1);
    }
  }

  /** Ends the stage if more layers are to be left out than the text encoders have. */
  static void requireLayers(List<ClipTextModel> texts, SamplerInput sampler) {
    int fewest = texts.stream().mapToInt(text -> text.config().layers()).min().orElse(0);
    if (sampler.clipSkip() >= fewest) {
      throw new StageFailure.BadInput(
          "sampler.clipSkip is %d, and the model's text encoder has %d layers; lower it"
              .formatted(sampler.clipSkip(), fewest));
    }
  }

  /** Ends the stage if a sampler asks for a size that the autoencoder does not have. */
  static void requireSize(Autoencoder autoencoder, SamplerInput sampler) {
    int factor = autoencoder.compression();
    if (sampler.width() % factor != 0 || sampler.height() % factor != 0) {
      throw new StageFailure.BadInput(
          "sampler.width %d and sampler.height %d must be multiples of %d for this model"
              .formatted(sampler.width(), sampler.height(), factor));
    }
  }

  /** Tells the log where pictures are too large for the autoencoder to see them whole. */
  static void sayTiles(Autoencoder autoencoder, int width, int height) {
    autoencoder
        .tileEdge(height, width)
        .ifPresent(
            edge ->
                LOG.info(
                    "pictures of {} x {} pixels pass the autoencoder in overlapping tiles of {} x {}",
                    width,
                    height,
                    edge,
                    edge));
  }

  /** Everything but prompt and seed that decides how a picture comes out. */
  private static String digest(
      BaseModel base, Optional<TunedFiles> tuned, PictureRequest request, DType precision) {
    var facts =
        List.of(
            base.sha256(),
            tuned.map(TunedFiles::sha256).orElse("not tuned"),
            request.facts(),
            precision,
            Provenance.version(),
            Torch.version());
    return Digests.of(facts.toString().getBytes(StandardCharsets.UTF_8));
  }
}
