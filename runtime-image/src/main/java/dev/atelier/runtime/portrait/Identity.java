package dev.atelier.runtime.portrait;

import java.util.List;

/**
 * Everything that makes a person the same person in another picture. Lengths are factors of the
 * average unless said otherwise.
 *
 * @param frame colour of the glasses, where there are any
 * @param details seed of what is scattered: curls, freckles
 */
public record Identity(
    Rgb skin,
    HairColour hair,
    HairStyle style,
    Build build,
    Eyes eyes,
    Brows brows,
    Mouth mouth,
    Glasses glasses,
    Rgb frame,
    Beard beard,
    boolean freckles,
    boolean mole,
    long details) {

  private static final List<Rgb> SKIN =
      List.of(
          new Rgb(255, 224, 196),
          new Rgb(244, 204, 170),
          new Rgb(232, 184, 144),
          new Rgb(214, 160, 116),
          new Rgb(188, 130, 88),
          new Rgb(156, 102, 66),
          new Rgb(120, 76, 48),
          new Rgb(88, 56, 38));
  private static final List<Rgb> IRISES =
      List.of(
          new Rgb(70, 44, 24),
          new Rgb(52, 32, 20),
          new Rgb(60, 110, 170),
          new Rgb(70, 130, 80),
          new Rgb(120, 130, 140));
  private static final List<Rgb> FRAMES =
      List.of(new Rgb(20, 20, 20), new Rgb(120, 40, 30), new Rgb(40, 60, 140));

  /** The head; {@code jaw} is 0 for a pointed and 1 for a square one. */
  public record Build(double width, double height, double jaw, double noseWidth, double nose) {}

  /** The eyes; {@code tilt} in canvas units. */
  public record Eyes(Rgb iris, double spacing, double size, double tilt) {}

  /** The brows, in canvas units. */
  public record Brows(double thickness, double slope) {}

  /** The mouth; {@code redness} is 0 for lips like skin and 1 for red ones. */
  public record Mouth(double width, double fullness, double redness) {}

  /** The person of a seed. */
  public static Identity of(long seed) {
    var dice = new Dice(seed);
    return new Identity(
        dice.of(SKIN).jittered(dice, 8),
        dice.of(HairColour.values(), HairColour::weight),
        dice.of(HairStyle.values(), HairStyle::weight),
        new Build(
            dice.between(0.80, 1.16),
            dice.between(0.92, 1.10),
            dice.between(0, 1),
            dice.between(0.7, 1.4),
            dice.between(0.8, 1.2)),
        new Eyes(
            dice.of(IRISES),
            dice.between(0.88, 1.14),
            dice.between(0.8, 1.25),
            dice.between(-3, 3)),
        new Brows(dice.between(3, 9), dice.between(-5, 5)),
        new Mouth(dice.between(0.75, 1.25), dice.between(0.6, 1.5), dice.between(0, 1)),
        dice.of(Glasses.values(), Glasses::weight),
        dice.of(FRAMES),
        dice.of(Beard.values(), Beard::weight),
        dice.chance(0.15),
        dice.chance(0.15),
        dice.seed());
  }

  boolean bald() {
    return style == HairStyle.BALD;
  }
}
