package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** MTCNN's third network: the last word on each window, with five landmarks. */
final class OutputStage {
  private static final int SIDE = 48;

  private final OnnxNetwork network;
  private final double threshold;

  OutputStage(OnnxNetwork network, double threshold) {
    this.network = network;
    this.threshold = threshold;
  }

  List<Face> faces(RgbImage picture, List<Candidate> windows) {
    if (windows.isEmpty()) {
      return List.of();
    }
    var outputs = network.run(Patches.of(picture, windows, SIDE));
    float[] regression = network.output(outputs, 4).values();
    float[] points = network.output(outputs, 10).values();
    float[] probability = network.output(outputs, 2).values();
    var found = new ArrayList<Found>();
    for (int i = 0; i < windows.size(); i++) {
      if (probability[2 * i + 1] > threshold) {
        var window = windows.get(i).scored(probability[2 * i + 1]);
        var box = window.moved(regression, 4 * i, window.width(), window.height());
        found.add(new Found(box, landmarks(window, points, 10 * i)));
      }
    }
    return Suppression.SMALLER.keep(found, 0.7, Found::box).stream()
        .map(f -> new Face(f.box().region(), f.box().score(), f.landmarks()))
        .toList();
  }

  private static Landmarks landmarks(Candidate window, float[] points, int at) {
    var places = new ArrayList<Point>();
    for (int i = 0; i < 5; i++) {
      places.add(
          new Point(
              window.width() * points[at + i] + window.left() - 1,
              window.height() * points[at + 5 + i] + window.top() - 1));
    }
    return new Landmarks(places.get(0), places.get(1), places.get(2), places.get(3), places.get(4));
  }

  private record Found(Candidate box, Landmarks landmarks) {}
}
