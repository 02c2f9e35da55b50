package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Batch;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainingInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws with the weights of any checkpoint of a tuning, also of one that was not published. */
final class CheckpointPictures implements AutoCloseable {

  private static final int TOGETHER = 8;

  private final Torch torch;
  private final SamplerInput sampler;
  private final Networks networks;
  private final Autoencoder autoencoder;
  private final TuningMethod method;
  private final TrainingStep<Batch> tuned;
  private final StableDiffusionPipeline pipeline;

  /**
   * @param model a diffusers folder
   * @param training that left the checkpoints
   */
  CheckpointPictures(
      Torch torch, Path model, TrainingInput training, Subject subject, SamplerInput sampler) {
    var files = ModelFiles.of(model);
    var tokenizers = files.tokenizers();
    this.torch = torch;
    this.sampler = sampler;
    networks =
        new Networks(
            files.unet(torch, Storage.COPIED),
            files.texts(torch, Storage.COPIED),
            files.autoencoderConfig().compression(),
            DType.FLOAT32);
    autoencoder = files.autoencoder(torch);
    method = new TuningMethods(training, subject).mark(torch, networks, tokenizers);
    tuned =
        new TrainingStep<>(
            batch -> {
              throw new IllegalStateException("nothing is trained here");
            },
            method,
            TuningSteps.of(
                training.gradientAccumulation(), training.emaDecay(), networks.precision()));
    pipeline =
        new StableDiffusionPipeline(
            files.prompts(torch, tokenizers, networks.texts()),
            networks.unet(),
            autoencoder,
            files.scheduler(sampler.scheduler()),
            networks.precision());
  }

  /**
   * Draws.
   *
   * @param state file of a checkpoint
   */
  List<RgbImage> draw(Path state, List<PlannedPicture> planned) {
    try (Scope scope = Scope.open()) {
      tuned.restore(SafeTensorsFile.readAll(torch, state));
      tuned.adopt(tuned.result());
    }
    var pictures = new ArrayList<RgbImage>();
    for (int at = 0; at < planned.size(); at += TOGETHER) {
      pictures.addAll(draw(planned.subList(at, Math.min(planned.size(), at + TOGETHER))));
    }
    return pictures;
  }

  private List<RgbImage> draw(List<PlannedPicture> planned) {
    try (Scope scope = Scope.open();
        var noise = new PictureNoise(torch, planned.stream().map(PlannedPicture::seed).toList())) {
      var latents = pipeline.latents(Requests.of(planned, sampler), noise, StepListener.NONE);
      return PictureTensors.pictures(pipeline.decode(latents));
    }
  }

  @Override
  public void close() {
    tuned.close();
    method.close();
    networks.unet().close();
    networks.texts().forEach(ClipTextModel::close);
    autoencoder.close();
  }
}
