package dev.atelier.runtime.film;

import java.util.ArrayList;
import java.util.List;

/** What a film is about, and what its judge reads off it. */
public record FilmSubject(Colour colour, Form form, Direction direction) {

  private static final int COLOURS = Colour.known().size();

  /**
   * Whether no film of it is ever trained on. Of every form and direction that is one colour, so
   * that each pair of the three is seen in training, and only the combination is new.
   */
  public boolean heldOut() {
    return (colour.ordinal() + 2 * form.ordinal() + 3 * direction.ordinal()) % COLOURS == 0;
  }

  /** Every combination of the base model's world. */
  public static List<FilmSubject> all() {
    return all(Colour.known());
  }

  /** Every combination with these colours. */
  public static List<FilmSubject> all(List<Colour> colours) {
    var all = new ArrayList<FilmSubject>();
    for (var colour : colours) {
      for (var form : Form.values()) {
        for (var direction : Direction.values()) {
          all.add(new FilmSubject(colour, form, direction));
        }
      }
    }
    return List.copyOf(all);
  }

  /** Combinations of the colour that the base model is taught: the films for it, or the rest. */
  public static List<FilmSubject> taught(boolean heldOut) {
    return all(List.of(Colour.PURPLE), heldOut);
  }

  /** Those that are trained on, or those that are not. */
  public static List<FilmSubject> all(boolean heldOut) {
    return all(Colour.known(), heldOut);
  }

  private static List<FilmSubject> all(List<Colour> colours, boolean heldOut) {
    return all(colours).stream().filter(subject -> subject.heldOut() == heldOut).toList();
  }
}
