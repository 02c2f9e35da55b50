package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.LearntTokens;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.sample.PictureSource;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.SamplerInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A base model, tuned or not, that draws with one sampler. It owns its networks. */
public final class DiffusionPictures implements PictureSource {

  /** Pixels of the pictures that are drawn together: eight of 256 x 256, two of 512 x 512. */
  private static final long PIXELS_TOGETHER = 2L * 512 * 512;

  private static final int MOST_TOGETHER = 8;

  private final Torch torch;
  private final SamplerInput sampler;
  private final String digest;
  private final Optional<LearntTokens> tokens;
  private final ClipTextModel text;
  private final UNet2DConditionModel unet;
  private final Autoencoder autoencoder;
  private final StableDiffusionPipeline pipeline;

  private DiffusionPictures(
      Torch torch,
      ModelFiles files,
      Optional<LearntTokens> tokens,
      SamplerInput sampler,
      String digest) {
    this.torch = torch;
    this.sampler = sampler;
    this.digest = digest;
    this.tokens = tokens;
    var scheduler = files.scheduler(sampler.scheduler());
    text = files.text(torch, Storage.MAPPED);
    var tokenizer = tokens.map(t -> t.teach(files.tokenizer(), text)).orElseGet(files::tokenizer);
    unet = files.unet(torch, Storage.MAPPED);
    autoencoder = files.autoencoder(torch);
    pipeline =
        new StableDiffusionPipeline(
            new PromptEncoder(torch, tokenizer, text), unet, autoencoder, scheduler);
  }

  /**
   * Opens a model.
   *
   * @param tuned what a train stage published, or empty for the base model itself
   * @throws StageFailure.BadInput if the sampler asks for a size that the model cannot draw
   * @throws dev.atelier.runtime.tensor.WeightsException if a weight file does not fit the model
   */
  public static DiffusionPictures open(
      Torch torch, BaseModel base, Optional<TunedFiles> tuned, SamplerInput sampler) {
    var files = ModelFiles.of(base.folder());
    var unet = tuned.flatMap(TunedFiles::unet);
    var text = tuned.flatMap(TunedFiles::text);
    files = unet.isPresent() ? files.withUnet(unet.get()) : files;
    files = text.isPresent() ? files.withText(text.get()) : files;
    var tokens = tuned.flatMap(TunedFiles::embeddings).map(file -> LearntTokens.read(torch, file));
    var pictures =
        new DiffusionPictures(torch, files, tokens, sampler, digest(base, tuned, sampler));
    try {
      requireSize(pictures.autoencoder, sampler);
      tuned.flatMap(TunedFiles::adapters).ifPresent(pictures::fuse);
      return pictures;
    } catch (RuntimeException e) {
      pictures.close();
      throw e;
    }
  }

  @Override
  public List<RgbImage> draw(List<PlannedPicture> planned) {
    var request =
        new TextToImage(
            planned.stream().map(PlannedPicture::text).toList(),
            planned.stream().map(PlannedPicture::negative).toList(),
            sampler.width(),
            sampler.height(),
            sampler.steps(),
            Guidance.of(sampler.guidanceScale()),
            0);
    try (Scope scope = Scope.open();
        var noise = new PictureNoise(torch, planned.stream().map(PlannedPicture::seed).toList())) {
      return PictureTensors.pictures(
          pipeline.decode(pipeline.latents(request, noise, StepListener.NONE)));
    }
  }

  @Override
  public int batchSize() {
    long pixels = (long) sampler.width() * sampler.height();
    return (int) Math.max(1, Math.min(MOST_TOGETHER, PIXELS_TOGETHER / pixels));
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    text.close();
    unet.close();
    autoencoder.close();
    tokens.ifPresent(LearntTokens::close);
  }

  private void fuse(Path adapters) {
    var targets = new LoraTargets(unet, List.of(text));
    try (var lora = LoraFile.read(torch, adapters, targets)) {
      lora.fuse(targets, 1);
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

  /** Everything but prompt and seed that decides how a picture comes out. */
  private static String digest(BaseModel base, Optional<TunedFiles> tuned, SamplerInput sampler) {
    var facts =
        List.of(
            base.sha256(),
            tuned.map(TunedFiles::sha256).orElse("not tuned"),
            sampler.scheduler(),
            sampler.steps(),
            sampler.guidanceScale(),
            sampler.width(),
            sampler.height(),
            Provenance.version(),
            Torch.version());
    return Digests.of(facts.toString().getBytes(StandardCharsets.UTF_8));
  }
}
