package dev.atelier.runtime.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.latent.CaptionEncoder;
import dev.atelier.runtime.latent.LatentEncoder;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Opens the models that turn clips and captions into what a video model learns from. */
public interface VideoEncoders {

  /** Both encoders of a base model. */
  record Opened(LatentEncoder latents, CaptionEncoder captions) implements AutoCloseable {

    @Override
    public void close() {
      latents.close();
      captions.close();
    }
  }

  /**
   * The encoders of a model, or the end of the stage with what is missing.
   *
   * @param shapes of the clips that they will encode, at least one
   */
  Opened open(BaseModel model, Torch torch, List<LatentShape> shapes) throws IOException;

  /** Those of this image: a Wan model's; what other models have it does not run, and says so. */
  static VideoEncoders ofThisImage() {
    return (model, torch, shapes) -> {
      var config = model.folder().resolve("vae/config.json");
      var name =
          Files.isRegularFile(config)
              ? new ObjectMapper()
                  .readTree(Files.readAllBytes(config))
                  .path("_class_name")
                  .asText("an autoencoder without a name")
              : "no vae/config.json";
      if (name.equals("AutoencoderKLWan")) {
        return WanEncoders.open(model.folder(), model.files(), torch, shapes);
      }
      throw new StageFailure.NotSupported(
          "clips cannot be turned into latents by this release: model %s has %s, which is no AutoencoderKLWan; use a Wan model, or leave spec.training out to prepare clips without latents"
              .formatted(model.input().runtime(), name));
    };
  }
}
