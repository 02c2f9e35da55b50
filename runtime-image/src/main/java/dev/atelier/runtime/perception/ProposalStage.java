package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** MTCNN's first network: a 12 pixel window slid over a pyramid of the picture with stride 2. */
final class ProposalStage {
  private static final int WINDOW = 12;
  private static final int STRIDE = 2;
  private static final double PYRAMID = 0.709;

  private final OnnxNetwork network;
  private final MtcnnSettings settings;

  ProposalStage(OnnxNetwork network, MtcnnSettings settings) {
    this.network = network;
    this.settings = settings;
  }

  /** Factors of the picture at which the window is slid over it, for the largest faces first. */
  List<Double> scales(RgbImage picture) {
    var scales = new ArrayList<Double>();
    double scale = (double) WINDOW / settings.minFace();
    while (Math.min(picture.width(), picture.height()) * scale >= WINDOW) {
      scales.add(0, scale);
      scale *= PYRAMID;
    }
    return scales;
  }

  /** Width of the narrowest face that is found at a scale. */
  static double narrowest(double scale) {
    return WINDOW / scale;
  }

  /** What stays of the windows of several scales. */
  static List<Candidate> together(List<Candidate> found) {
    return Suppression.UNION.keep(found, 0.7, Function.identity()).stream()
        .map(Candidate::squared)
        .toList();
  }

  /** The windows at one scale that may hold a face. */
  List<Candidate> propose(RgbImage picture, double scale) {
    int width = (int) Math.ceil(picture.width() * scale);
    int height = (int) Math.ceil(picture.height() * scale);
    var outputs = network.run(Patches.whole(Resize.to(picture, width, height, Filter.BOX)));
    // [1, columns, rows, 4] and [1, columns, rows, 2]: x and y are swapped as in the input.
    var regression = network.output(outputs, 4);
    var probability = network.output(outputs, 2);
    int columns = (int) probability.shape()[1];
    int rows = (int) probability.shape()[2];
    var found = new ArrayList<Candidate>();
    for (int x = 0; x < columns; x++) {
      for (int y = 0; y < rows; y++) {
        int cell = x * rows + y;
        float score = probability.values()[2 * cell + 1];
        if (score >= settings.proposal()) {
          found.add(window(x, y, scale, score, regression.values(), 4 * cell));
        }
      }
    }
    return Suppression.UNION.keep(found, 0.5, Function.identity());
  }

  private static Candidate window(
      int x, int y, double scale, float score, float[] regression, int at) {
    double left = Math.floor((STRIDE * x + 1) / scale);
    double top = Math.floor((STRIDE * y + 1) / scale);
    double right = Math.floor((STRIDE * x + WINDOW) / scale);
    double bottom = Math.floor((STRIDE * y + WINDOW) / scale);
    return new Candidate(left, top, right, bottom, score)
        .moved(regression, at, right - left, bottom - top);
  }
}
