package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much larger than they are made pictures and clips are delivered.
 *
 * @param factor how many times wider and higher, whatever the network's own scale
 * @param network what enlarges; none where the factor is 1
 */
record Enlargement(int factor, Optional<Network> network) {

  /** As they are made. */
  static final Enlargement NONE = new Enlargement(1, Optional.empty());

  /**
   * A network that enlarges.
   *
   * @param sha256 digest over its files
   */
  record Network(Path folder, String sha256) {}

  /**
   * What a stage was told, with its folder at hand.
   *
   * @throws StageFailure.BadInput if nothing was named that could enlarge
   */
  static Enlargement of(int factor, @Nullable StoreLocation network, Stores stores) {
    if (factor > 1 && network == null) {
      throw new StageFailure.BadInput(
          "upscale.factor %d needs a network that enlarges; set spec.upscaler.source of the DiffusionRuntime, or leave upscale out"
              .formatted(factor));
    }
    return new Enlargement(
        factor, Optional.ofNullable(network).map(stores::local).map(Enlargement::network));
  }

  /** The network, which whoever opens it closes. */
  Optional<RrdbNet> open(Torch torch) {
    return network.map(found -> RrdbNet.load(torch, found.folder(), Storage.MAPPED));
  }

  /** What decides how what is made is enlarged. */
  String sha256() {
    return network.map(Network::sha256).orElse("not enlarged");
  }

  private static Network network(Path folder) {
    try {
      return new Network(folder, Digests.ofFolder(folder));
    } catch (IOException e) {
      throw new StageFailure.StorageUnavailable(
          "cannot read the upscaler in %s: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
