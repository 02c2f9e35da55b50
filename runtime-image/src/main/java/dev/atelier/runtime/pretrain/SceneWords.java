package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.portrait.Scene;

/** What every prompt of the drawn world names. */
record SceneWords(Garment garment, GarmentColour colour, Place place) {

  static SceneWords of(Scene scene) {
    return new SceneWords(scene.garment(), scene.colour(), scene.place());
  }
}
