package dev.atelier.runtime.portrait;

/**
 * Everything that changes from picture to picture of one person.
 *
 * @param yaw -1 turned fully to the left of the picture, 1 to the right
 * @param smile below 0 the corners of the mouth hang, 1 is a wide smile
 * @param light below 0 from the left of the picture, above 0 from the right
 * @param exposure factor on the brightness of the person
 * @param details seed of the backdrop
 */
public record Scene(
    Garment garment,
    GarmentColour colour,
    Place place,
    Pose pose,
    double yaw,
    double smile,
    double light,
    double exposure,
    long details) {

  /** Where the head is in the picture; small, as after the alignment that intake does. */
  public record Pose(double dx, double dy, double scale, double rollDegrees) {}

  /** The scene of a seed. */
  public static Scene of(long seed) {
    var dice = new Dice(seed);
    return in(
        dice.of(Garment.values()), dice.of(GarmentColour.values()), dice.of(Place.values()), dice);
  }

  /** A scene of a seed with what a prompt asks for. */
  public static Scene of(long seed, Garment garment, GarmentColour colour, Place place) {
    return in(garment, colour, place, new Dice(seed));
  }

  private static Scene in(Garment garment, GarmentColour colour, Place place, Dice dice) {
    return new Scene(
        garment,
        colour,
        place,
        new Pose(
            dice.between(-4, 4),
            dice.between(-3, 3),
            dice.between(0.97, 1.05),
            dice.between(-3, 3)),
        dice.between(-1, 1),
        dice.between(-0.2, 1),
        dice.between(-0.7, 0.7),
        dice.between(0.94, 1.05),
        dice.seed());
  }
}
