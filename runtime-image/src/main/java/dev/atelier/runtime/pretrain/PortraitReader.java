package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.portrait.Beard;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Glasses;
import dev.atelier.runtime.portrait.HairColour;
import dev.atelier.runtime.portrait.HairStyle;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a drawn portrait: what is worn where, and who it is. Convolutions, and a dense layer over
 * what is left.
 */
final class PortraitReader implements AutoCloseable {

  /** Scores of all questions, then the measures. */
  private static final int ANSWERS =
      Arrays.stream(Question.values()).mapToInt(Question::answers).sum();

  private static final int MEASURES = PersonMeasure.values().length;

  private final Modules modules = new Modules();
  private final HalvingConvolutions convolutions;
  private final Linear head;

  /**
   * @param edge of the pictures, a multiple of 16
   */
  PortraitReader(int edge, Weights weights) {
    var root = Layers.of(weights, modules);
    convolutions = new HalvingConvolutions(root, 3);
    head = root.linear("head", HalvingConvolutions.left(edge), ANSWERS + MEASURES);
    weights.finish();
  }

  /** What it is asked about each picture; the answers stand behind one another. */
  enum Question {
    GARMENT(Garment.values().length, portrait -> portrait.scene().garment()),
    COLOUR(GarmentColour.values().length, portrait -> portrait.scene().colour()),
    PLACE(Place.values().length, portrait -> portrait.scene().place()),
    HAIR(HairColour.values().length, portrait -> portrait.person().hair()),
    STYLE(HairStyle.values().length, portrait -> portrait.person().style()),
    GLASSES(Glasses.values().length, portrait -> portrait.person().glasses()),
    BEARD(Beard.values().length, portrait -> portrait.person().beard());

    private final int answers;
    private final Function<Portrait, Enum<?>> right;

    Question(int answers, Function<Portrait, Enum<?>> right) {
      this.answers = answers;
      this.right = right;
    }

    int answers() {
      return answers;
    }

    int right(Portrait portrait) {
      return right.apply(portrait).ordinal();
    }

    /** Whether the answer belongs to the person, whatever the scene. */
    boolean ofThePerson() {
      return compareTo(HAIR) >= 0;
    }
  }

  /** The answers to all questions about one picture, by number. */
  record Reading(List<Integer> answers) {

    Reading {
      answers = List.copyOf(answers);
    }

    /** What the renderer knows of its own drawing. */
    static Reading of(Portrait portrait) {
      return new Reading(
          Arrays.stream(Question.values()).map(question -> question.right(portrait)).toList());
    }

    int to(Question question) {
      return answers.get(question.ordinal());
    }

    SceneWords scene() {
      return new SceneWords(
          Garment.values()[to(Question.GARMENT)],
          GarmentColour.values()[to(Question.COLOUR)],
          Place.values()[to(Question.PLACE)]);
    }
  }

  Modules modules() {
    return modules;
  }

  /**
   * Scores {@code [pictures, answers]} and measures {@code [pictures, measures]} of pictures in
   * [-1, 1].
   *
   * @param pictures {@code [pictures, 3, edge, edge]}
   */
  Heads heads(Tensor pictures) {
    var all = head.forward(convolutions.forward(pictures));
    return new Heads(all.narrow(1, 0, ANSWERS), all.narrow(1, ANSWERS, MEASURES));
  }

  /** What the last layer gives. */
  record Heads(Tensor scores, Tensor measures) {}

  /**
   * What one look at a picture tells.
   *
   * @param reading what is most likely
   * @param person who it is: the probabilities of all answers that belong to the person, and the
   *     measures
   */
  record Seen(Reading reading, float[] person) {}

  /** What is most likely in each picture. */
  List<Reading> read(Tensor pictures) {
    return see(pictures).stream().map(Seen::reading).toList();
  }

  /** Looks at each picture once. */
  List<Seen> see(Tensor pictures) {
    try (Scope scope = Scope.open()) {
      var heads = heads(pictures);
      var scores = heads.scores().toFloats();
      var person = person(heads);
      var people = person.toFloats();
      int width = (int) person.size(1);
      var seen = new ArrayList<Seen>();
      for (int i = 0; i < person.size(0); i++) {
        seen.add(
            new Seen(
                reading(scores, i * ANSWERS),
                Arrays.copyOfRange(people, i * width, (i + 1) * width)));
      }
      return seen;
    }
  }

  private static Reading reading(float[] scores, int from) {
    int at = from;
    var answers = new ArrayList<Integer>();
    for (var question : Question.values()) {
      answers.add(Highest.of(scores, at, question.answers()));
      at += question.answers();
    }
    return new Reading(answers);
  }

  private static Tensor person(Heads heads) {
    var parts = new ArrayList<Tensor>();
    int from = 0;
    for (var question : Question.values()) {
      if (question.ofThePerson()) {
        parts.add(Ops.softmax(heads.scores().narrow(1, from, question.answers()), 1));
      }
      from += question.answers();
    }
    parts.add(heads.measures());
    return Ops.concat(1, parts);
  }

  @Override
  public void close() {
    modules.close();
  }
}
