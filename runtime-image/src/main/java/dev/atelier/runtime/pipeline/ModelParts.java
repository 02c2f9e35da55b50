package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.util.List;

/** The parts of a Stable Diffusion as its files hold them; one text encoder, or two with XL. */
sealed interface ModelParts permits DiffusersFolder, CheckpointFile {

  UNetConfig unetConfig();

  UNet2DConditionModel unet(Torch torch, Storage storage);

  /** One per text encoder, in the order in which their states are joined. */
  List<ClipTextConfig> textConfigs();

  ClipTextModel text(int index, Torch torch, Storage storage);

  Autoencoder autoencoder(Torch torch);

  /** One per text encoder. */
  List<ClipTokenizer> tokenizers();

  /** How the model was trained to be denoised: {@code scheduler_config.json}. */
  ModelConfig schedulerConfig();

  /** Whether no negative prompt is all zeros; of XL alone. */
  boolean zerosForNoNegative();
}
