package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads garment, its colour and the place off a picture: convolutions, and a dense layer over what
 * is left.
 */
final class SceneReader implements AutoCloseable {

  static final int GARMENTS = Garment.values().length;
  static final int COLOURS = GarmentColour.values().length;
  static final int PLACES = Place.values().length;

  private final Modules modules = new Modules();
  private final HalvingConvolutions convolutions;
  private final Linear head;

  /**
   * @param edge of the pictures, a multiple of 16
   */
  SceneReader(int edge, Weights weights) {
    var root = Layers.of(weights, modules);
    convolutions = new HalvingConvolutions(root, 3);
    head = root.linear("head", HalvingConvolutions.left(edge), GARMENTS + COLOURS + PLACES);
    weights.finish();
  }

  /** What is seen in a picture. */
  record Reading(Garment garment, GarmentColour colour, Place place) {
    static Reading of(Scene scene) {
      return new Reading(scene.garment(), scene.colour(), scene.place());
    }
  }

  Modules modules() {
    return modules;
  }

  /**
   * Scores {@code [pictures, garments + colours + places]} of pictures in [-1, 1].
   *
   * @param pictures {@code [pictures, 3, edge, edge]}
   */
  Tensor scores(Tensor pictures) {
    return head.forward(convolutions.forward(pictures));
  }

  /** What is most likely in each picture. */
  List<Reading> read(Tensor pictures) {
    try (Scope scope = Scope.open()) {
      var scores = scores(pictures);
      int all = GARMENTS + COLOURS + PLACES;
      var values = scores.toFloats();
      var readings = new ArrayList<Reading>();
      for (int at = 0; at < values.length; at += all) {
        readings.add(
            new Reading(
                Garment.values()[Highest.of(values, at, GARMENTS)],
                GarmentColour.values()[Highest.of(values, at + GARMENTS, COLOURS)],
                Place.values()[Highest.of(values, at + GARMENTS + COLOURS, PLACES)]));
      }
      return readings;
    }
  }

  @Override
  public void close() {
    modules.close();
  }
}
