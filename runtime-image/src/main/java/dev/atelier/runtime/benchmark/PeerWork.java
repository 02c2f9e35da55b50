package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The works of {@code benchmarks/run}; networks are loaded when first needed and then kept. */
final class PeerWork implements AutoCloseable {
  private static final String PROMPT = "a photo of a red cat, 8k";
  private static final String NEGATIVE = "blurry, low quality";
  private static final String FIRST = "conv_in.weight";
  private static final int STEPS = 4;
  private static final double GUIDANCE = 7.5;
  private static final int TIMESTEP = 500;

  private final Torch torch;
  private final Path folder;
  private final DType precision;
  private final ModelFiles files;
  private final PeerInputs inputs;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Optional<UNet2DConditionModel> unet = Optional.empty();
  private Optional<Autoencoder> autoencoder = Optional.empty();
  private Optional<ClipTextModel> text = Optional.empty();
  private Optional<StableDiffusionPipeline> pipeline = Optional.empty();
  private Optional<PeerTraining> training = Optional.empty();
  private Optional<PeerVideo> video = Optional.empty();

  /**
   * Nothing is loaded yet.
   *
   * @param precision that denoisers compute in
   */
  PeerWork(Torch torch, Path folder, DType precision) {
    this.torch = torch;
    this.folder = folder;
    this.precision = precision;
    files = ModelFiles.of(folder);
    inputs = PeerInputs.of(torch, folder);
  }

  /** Does the work once; the result belongs to the scope around. */
  Tensor run(String work) {
    return switch (work) {
      case "unet1" -> forward(1);
      case "unet2" -> forward(2);
      case "vae" -> autoencoder().decode(inputs.get("latents", 1));
      case "pipeline", "image" -> image();
      case "load" -> load();
      case "lora" -> training(Storage.MAPPED).lora();
      case "wan-tiny" -> video().forward("tiny");
      case "wan-block" -> video().forward("block");
      case "wan-vae" -> video().decode();
      case "dreambooth" -> training(Storage.COPIED).dreamBooth();
      default -> throw new IllegalArgumentException("unknown work " + work);
    };
  }

  private Tensor forward(int batch) {
    var denoiser = unet(Storage.drawingIn(precision));
    return denoiser.forward(
        inputs.get("latents", batch).to(precision),
        torch.full(TIMESTEP, batch),
        inputs.get("states", batch).to(precision));
  }

  private Tensor load() {
    try (var loaded = files.unet(torch, Storage.MAPPED)) {
      return Objects.requireNonNull(loaded.modules().parameters().get(FIRST), FIRST).copy();
    }
  }

  private Tensor image() {
    int size =
        unet(Storage.drawingIn(precision)).config().sampleSize() * autoencoder().compression();
    var request = TextToImage.of(1, PROMPT, NEGATIVE, size, size, STEPS, Guidance.of(GUIDANCE));
    try (var noise = new PictureNoise(torch, List.of())) {
      return pipeline()
          .decode(pipeline().latents(request, inputs.get("latents", 1), noise, StepListener.NONE));
    }
  }

  private StableDiffusionPipeline pipeline() {
    pipeline =
        pipeline.or(
            () ->
                Optional.of(
                    new StableDiffusionPipeline(
                        new PromptEncoder(torch, files.tokenizer(), text()),
                        unet(Storage.drawingIn(precision)),
                        autoencoder(),
                        files.scheduler("DDIM"),
                        precision)));
    return pipeline.get();
  }

  private UNet2DConditionModel unet(Storage storage) {
    unet = unet.or(() -> Optional.of(kept(files.unet(torch, storage))));
    return unet.get();
  }

  private Autoencoder autoencoder() {
    autoencoder = autoencoder.or(() -> Optional.of(kept(files.autoencoder(torch))));
    return autoencoder.get();
  }

  private ClipTextModel text() {
    text = text.or(() -> Optional.of(kept(files.text(torch, Storage.MAPPED))));
    return text.get();
  }

  private PeerTraining training(Storage storage) {
    training =
        training.or(() -> Optional.of(kept(new PeerTraining(torch, networks(storage), inputs))));
    return training.get();
  }

  private Networks networks(Storage storage) {
    return new Networks(unet(storage), List.of(text()), 1, precision);
  }

  private PeerVideo video() {
    var place = folder.resolveSibling("video");
    video = video.or(() -> Optional.of(kept(new PeerVideo(torch, place, precision))));
    return video.get();
  }

  private <T extends AutoCloseable> T kept(T part) {
    open.add(part);
    return part;
  }

  @Override
  public void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close " + open.get(i), e);
      }
    }
    inputs.close();
  }
}
