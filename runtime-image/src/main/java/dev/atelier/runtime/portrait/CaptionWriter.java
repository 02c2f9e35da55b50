package dev.atelier.runtime.portrait;

import java.util.ArrayList;
import java.util.List;

/**
 * Says in words what a picture shows. Clothes and place are nearly always named; hair, glasses and
 * beard half of the time; the rest of a face never: that is what tuning has to learn.
 */
public final class CaptionWriter {

  private static final List<String> OPENINGS =
      List.of("photo of a", "portrait of a", "headshot of a", "a");
  private static final double TRAIT = 0.5;
  private static final double SCENE = 0.92;

  private CaptionWriter() {}

  /** A caption of the picture; another seed may name other things. */
  public static String of(Identity person, Scene scene, long seed) {
    var dice = new Dice(seed);
    var words = new ArrayList<String>();
    words.add(dice.of(OPENINGS));
    if (dice.chance(TRAIT) && person.bald()) {
      words.add("bald");
    }
    words.add("person");
    var traits = traits(person, dice);
    if (!traits.isEmpty()) {
      words.add("with " + String.join(" and ", traits));
    }
    if (dice.chance(SCENE)) {
      words.add("wearing a " + scene.colour().word() + " " + scene.garment().word());
    }
    if (dice.chance(SCENE)) {
      words.add(scene.place().phrase());
    }
    return String.join(" ", words);
  }

  /** The caption that names clothes and place and nothing else, as prompts do. */
  public static String prompt(String subject, Scene scene) {
    return "photo of a %s wearing a %s %s %s"
        .formatted(subject, scene.colour().word(), scene.garment().word(), scene.place().phrase());
  }

  private static List<String> traits(Identity person, Dice dice) {
    var traits = new ArrayList<String>();
    if (dice.chance(TRAIT) && !person.bald()) {
      traits.add(person.style().word() + " " + person.hair().word() + " hair");
    }
    if (dice.chance(TRAIT) && person.glasses() != Glasses.NONE) {
      traits.add("glasses");
    }
    if (dice.chance(TRAIT) && person.beard() != Beard.NONE) {
      traits.add(person.beard().phrase());
    }
    return traits;
  }
}
