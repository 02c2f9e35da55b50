package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.train.SubjectBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Photos of a drawn person whom no training saw, with captions beside them: what a model of the
 * samples' world can be tuned on.
 *
 * @param seed of the person
 */
record PersonPhotos(Path folder, long seed) {

  private static final int PHOTOS = 12;
  private static final int EDGE = 256;
  private static final long PEOPLE = 43;

  /** Suits and turtlenecks, offices and nights are left for prompts to ask for. */
  private static final List<Garment> GARMENTS =
      List.of(Garment.TSHIRT, Garment.HOODIE, Garment.SHIRT, Garment.SWEATER);

  private static final List<Place> PLACES =
      List.of(Place.STUDIO, Place.BEACH, Place.FOREST, Place.LIBRARY, Place.SNOW, Place.SUNSET);

  /** Writes {@code 01.png}, {@code 01.txt} and so on. */
  void write() throws IOException {
    Files.createDirectories(folder);
    long stream = SubjectBatches.mix(PEOPLE, seed);
    var person = Identity.of(stream);
    var random = new Random(stream);
    for (int i = 1; i <= PHOTOS; i++) {
      var scene =
          Scene.of(
              SubjectBatches.mix(stream, i),
              GARMENTS.get(i % GARMENTS.size()),
              GarmentColour.values()[random.nextInt(GarmentColour.values().length)],
              PLACES.get(i % PLACES.size()));
      var name = "%02d".formatted(i);
      Files.write(
          folder.resolve(name + ".png"), PngFile.of(PortraitRenderer.draw(person, scene, EDGE)));
      Files.writeString(
          folder.resolve(name + ".txt"), CaptionWriter.prompt("{subject}", scene) + "\n");
    }
  }
}
