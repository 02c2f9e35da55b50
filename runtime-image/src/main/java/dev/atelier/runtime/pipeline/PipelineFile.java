package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.StoredWeights;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of a diffusers folder.
 *
 * @param name below the folder, with {@code /}
 * @param source where its content lies
 */
public record PipelineFile(String name, Path source) {

  /** The weights of a network of the folder, from a folder with nothing else. */
  static List<PipelineFile> weights(String network, Path folder) {
    return StoredWeights.files(folder, stem(network)).entrySet().stream()
        .map(file -> new PipelineFile(network + "/" + file.getKey(), file.getValue()))
        .toList();
  }

  /** The name of a network's weight file, without ending: the autoencoder's is the denoiser's. */
  static String stem(String network) {
    return network.startsWith(ModelParts.TEXT) ? ClipTextModel.STEM : UNet2DConditionModel.STEM;
  }
}
