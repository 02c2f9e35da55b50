package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.evaluate.Features;
import dev.atelier.runtime.film.Colour;
import dev.atelier.runtime.film.Direction;
import dev.atelier.runtime.film.Film;
import dev.atelier.runtime.film.Form;
import dev.atelier.runtime.film.Ground;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.List;
import java.util.function.Function;

/**
 * Reads whole films of moving shapes: all frames at once, as channels of one picture. What it has
 * before its answers are the features that a Frechet distance of films compares.
 */
final class FilmReader implements AutoCloseable {

  /** Few, so that some hundred films have a covariance. */
  private static final int FEATURES = 64;

  private static final int PICTURE = 3;

  private final Modules modules = new Modules();
  private final HalvingConvolutions convolutions;
  private final Linear embedding;
  private final Linear head;

  FilmReader(VideoRecipe.World size, Weights weights) {
    var root = Layers.of(weights, modules);
    convolutions = new HalvingConvolutions(root, PICTURE * size.frames());
    embedding = root.linear("features", HalvingConvolutions.left(size.edge()), FEATURES);
    int answers = 0;
    for (var question : Question.values()) {
      answers += question.answers;
    }
    head = root.linear("head", FEATURES, answers);
    weights.finish();
  }

  /** What it is asked about each film; the answers stand behind one another. */
  enum Question {
    COLOUR(Colour.values().length, film -> film.subject().colour()),
    FORM(Form.values().length, film -> film.subject().form()),
    DIRECTION(Direction.values().length, film -> film.subject().direction()),
    GROUND(Ground.values().length, Film::ground);

    private final int answers;
    private final Function<Film, Enum<?>> right;

    Question(int answers, Function<Film, Enum<?>> right) {
      this.answers = answers;
      this.right = right;
    }

    int answers() {
      return answers;
    }

    int right(Film film) {
      return right.apply(film).ordinal();
    }
  }

  Modules modules() {
    return modules;
  }

  /** Films {@code [films, 3, frames, edge, edge]} as what it reads. */
  static Tensor asPictures(Tensor films) {
    long[] shape = films.shape();
    return films.reshape(shape[0], shape[1] * shape[2], shape[3], shape[4]);
  }

  /**
   * Scores {@code [films, answers]} of films in [-1, 1].
   *
   * @param films {@code [films, 3 x frames, edge, edge]}
   */
  Tensor scores(Tensor films) {
    return head.forward(Ops.silu(embedded(films)));
  }

  /**
   * How many films it reads right in every answer.
   *
   * @param films {@code [films, 3, frames, edge, edge]}
   */
  int right(Tensor films, List<Film> drawn) {
    try (Scope scope = Scope.open()) {
      var scores = scores(asPictures(films)).toFloats();
      int width = scores.length / drawn.size();
      int right = 0;
      for (int i = 0; i < drawn.size(); i++) {
        int at = i * width;
        boolean all = true;
        for (var question : Question.values()) {
          all &= Highest.of(scores, at, question.answers()) == question.right(drawn.get(i));
          at += question.answers();
        }
        right += all ? 1 : 0;
      }
      return right;
    }
  }

  /**
   * What the films are to it.
   *
   * @param films {@code [films, 3, frames, edge, edge]}
   */
  Features features(String model, Tensor films) {
    try (Scope scope = Scope.open()) {
      return Features.of(model, embedded(asPictures(films)).toFloats(), FEATURES);
    }
  }

  private Tensor embedded(Tensor films) {
    return embedding.forward(convolutions.forward(films));
  }

  @Override
  public void close() {
    modules.close();
  }
}
