package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.model.upscale.Upscaler;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.video.FrameFit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes finished pictures larger by a network. It owns the network.
 *
 * @param factor how many times wider and higher they become, whatever the network's own scale
 */
record Enlargement(RrdbNet network, int factor) implements AutoCloseable {

  /**
   * Opens the network of a folder.
   *
   * @throws dev.atelier.runtime.tensor.WeightsException if there is none
   */
  static Enlargement open(Torch torch, Path folder, int factor) {
    return new Enlargement(RrdbNet.load(torch, folder, Storage.MAPPED), factor);
  }

  /** Digest over the network's files. */
  static String digest(Path folder) {
    try {
      return Digests.ofFolder(folder);
    } catch (IOException e) {
      throw new StageFailure.StorageUnavailable(
          "cannot read the upscaler in %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** The larger pictures, one at a time, of {@code [pictures, 3, height, width]} in [0, 1]. */
  List<RgbImage> of(Tensor pictures) {
    int height = (int) pictures.size(2);
    int width = (int) pictures.size(3);
    var fit = new FrameFit(width, height, network.scale(), width * factor, height * factor);
    var upscaler = new Upscaler(network);
    var large = new ArrayList<RgbImage>();
    for (int i = 0; i < pictures.size(0); i++) {
      try (Scope scope = Scope.open()) {
        var one = upscaler.enlarge(pictures.narrow(0, i, 1).contiguous());
        large.add(fit.fit(PictureTensors.pictures(one).get(0)));
      }
    }
    return large;
  }

  @Override
  public void close() {
    network.close();
  }
}
