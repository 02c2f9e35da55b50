package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The video works of {@code benchmarks/run}; networks are loaded when first needed and kept. */
final class PeerVideo implements AutoCloseable {
  private static final String AUTOENCODER = "vae";
  private static final int TIMESTEP = 500;

  private final Torch torch;
  private final Path folder;
  private final DType precision;
  private final PeerInputs inputs;
  private final Map<String, WanTransformer3DModel> denoisers = new HashMap<>();
  private Optional<AutoencoderKLWan> autoencoder = Optional.empty();

  /**
   * Reads the inputs.
   *
   * @param folder what {@code make_video} of {@code benchmarks/model.py} wrote
   * @param precision that denoisers compute in
   */
  PeerVideo(Torch torch, Path folder, DType precision) {
    this.torch = torch;
    this.folder = folder;
    this.precision = precision;
    inputs = PeerInputs.of(torch, folder);
  }

  /** A denoiser's forward pass over its clips. */
  Tensor forward(String name) {
    var latents = inputs.get(name + ".latents").to(precision);
    var timesteps = torch.full(TIMESTEP, latents.size(0));
    return denoiser(name).forward(latents, timesteps, inputs.get(name + ".text").to(precision));
  }

  /** Frames of the latents. */
  Tensor decode() {
    autoencoder =
        autoencoder.or(
            () ->
                Optional.of(
                    AutoencoderKLWan.load(torch, folder.resolve(AUTOENCODER), Storage.MAPPED)));
    return autoencoder.get().decode(inputs.get(AUTOENCODER + ".latents"));
  }

  private WanTransformer3DModel denoiser(String name) {
    return denoisers.computeIfAbsent(
        name,
        folderName ->
            WanTransformer3DModel.load(
                torch,
                folder.resolve(folderName),
                Storage.drawingIn(precision),
                Residence.RESIDENT));
  }

  @Override
  public void close() {
    denoisers.values().forEach(WanTransformer3DModel::close);
    autoencoder.ifPresent(AutoencoderKLWan::close);
    inputs.close();
  }
}
