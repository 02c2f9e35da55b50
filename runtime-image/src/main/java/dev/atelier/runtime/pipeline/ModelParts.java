package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.AutoencoderConfig;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The parts of a Stable Diffusion as its files hold them; one text encoder, or two with XL. */
sealed interface ModelParts permits DiffusersFolder, CheckpointFile {

  String UNET = "unet";
  String AUTOENCODER = "vae";
  String TEXT = "text_encoder";
  String TOKENIZER = "tokenizer";
  String SCHEDULER = "scheduler";
  String SCHEDULER_CONFIG = SCHEDULER + "/scheduler_config.json";

  /** The name of a part that there is one of per text encoder. */
  static String numbered(String part, int index) {
    return index == 0 ? part : part + "_" + (index + 1);
  }

  /** The folders of a diffusers folder that hold weights. */
  default List<String> networks() {
    return Stream.concat(Stream.of(UNET, AUTOENCODER), perText(TEXT).stream()).toList();
  }

  /** The folders of a diffusers folder that is such a model. */
  default List<String> parts() {
    return Stream.of(networks(), perText(TOKENIZER), List.of(SCHEDULER))
        .flatMap(List::stream)
        .toList();
  }

  /** The folders of a part that there is one of per text encoder. */
  default List<String> perText(String part) {
    return IntStream.range(0, textConfigs().size())
        .mapToObj(index -> numbered(part, index))
        .toList();
  }

  /**
   * Every file of a diffusers folder but the weights: index, configurations, tokenizers.
   *
   * @param made where files are written that lie nowhere yet
   */
  List<PipelineFile> descriptions(Path made) throws IOException;

  /** The weights of one of the networks. */
  List<PipelineFile> weights(Torch torch, String network, Path made) throws IOException;

  UNetConfig unetConfig();

  UNet2DConditionModel unet(Torch torch, Storage storage);

  /** One per text encoder, in the order in which their states are joined. */
  List<ClipTextConfig> textConfigs();

  ClipTextModel text(int index, Torch torch, Storage storage);

  AutoencoderConfig autoencoderConfig();

  Autoencoder autoencoder(Torch torch);

  /** One per text encoder. */
  List<ClipTokenizer> tokenizers();

  /** How the model was trained to be denoised: {@code scheduler_config.json}. */
  ModelConfig schedulerConfig();

  /** Whether no negative prompt is all zeros; of XL alone. */
  boolean zerosForNoNegative();

  /** The files of a folder that is taken as it is; hidden ones do not count. */
  static List<PipelineFile> files(String name, Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> new PipelineFile(name + "/" + file.getFileName(), file))
          .filter(file -> !file.name().startsWith(name + "/."))
          .sorted(Comparator.comparing(PipelineFile::name))
          .toList();
    }
  }
}
