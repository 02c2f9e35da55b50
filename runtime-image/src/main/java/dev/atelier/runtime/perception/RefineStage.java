package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** MTCNN's second network: drops most of the windows that the first one proposed. */
final class RefineStage {
  private static final int SIDE = 24;

  private final OnnxNetwork network;
  private final double threshold;

  RefineStage(OnnxNetwork network, double threshold) {
    this.network = network;
    this.threshold = threshold;
  }

  List<Candidate> refine(RgbImage picture, List<Candidate> windows) {
    if (windows.isEmpty()) {
      return List.of();
    }
    var outputs = network.run(Patches.of(picture, windows, SIDE));
    float[] regression = network.output(outputs, 4).values();
    float[] probability = network.output(outputs, 2).values();
    var kept = new ArrayList<Moved>();
    for (int i = 0; i < windows.size(); i++) {
      if (probability[2 * i + 1] > threshold) {
        var window = windows.get(i).scored(probability[2 * i + 1]);
        kept.add(
            new Moved(window, window.moved(regression, 4 * i, window.width(), window.height())));
      }
    }
    return Suppression.UNION.keep(kept, 0.7, Moved::window).stream()
        .map(m -> m.target().squared())
        .toList();
  }

  /** Suppression looks at the window as it was, as in the reference code. */
  private record Moved(Candidate window, Candidate target) {}
}
