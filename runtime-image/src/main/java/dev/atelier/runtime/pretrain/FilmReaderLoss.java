package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.film.Colour;
import dev.atelier.runtime.film.Film;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.pretrain.FilmReader.Question;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cross-entropy of the film reader against what the renderer drew: every combination of every
 * colour, every other time soft, always with some noise, as films of a small model are.
 */
record FilmReaderLoss(Torch torch, FilmWorld world, int batch, FilmReader reader)
    implements Descent.StepLoss {

  private static final List<FilmSubject> SUBJECTS = FilmSubject.all(List.of(Colour.values()));
  private static final double NOISE = 0.05;
  private static final long FILMS = 21;

  /** Films of a step, the same for the same number. */
  List<Film> films(long number) {
    long seed = SubjectBatches.mix(world.seed() + FILMS, number);
    return IntStream.range(0, batch)
        .mapToObj(i -> Film.of(SUBJECTS, SubjectBatches.mix(seed, i)))
        .toList();
  }

  /** As the reader takes them, {@code [films, 3, frames, edge, edge]}. */
  Tensor drawn(List<Film> films) {
    return Ops.concat(
        0, films.stream().map(film -> world.part(torch, film, 0, world.size().frames())).toList());
  }

  @Override
  public Tensor at(int step) {
    var films = films(step);
    var scores = reader.scores(soft(step, drawn(films)));
    var loss = torch.scalar(0);
    int from = 0;
    for (var question : Question.values()) {
      var right = new float[films.size() * question.answers()];
      for (int i = 0; i < films.size(); i++) {
        right[i * question.answers() + question.right(films.get(i))] = 1;
      }
      loss =
          loss.add(
              CrossEntropy.of(
                  scores.narrow(1, from, question.answers()),
                  torch.tensor(right, films.size(), question.answers()),
                  1));
      from += question.answers();
    }
    return loss;
  }

  private Tensor soft(int step, Tensor films) {
    long[] shape = films.shape();
    try (var generator = torch.generator(SubjectBatches.mix(world.seed(), step))) {
      var flat = films.reshape(shape[0], shape[1] * shape[2], shape[3], shape[4]);
      var soft = step % 2 == 0 ? flat : Ops.averagePool(flat, 3, 1, 1);
      return soft.add(generator.randn(flat.shape()).mul(NOISE)).reshape(shape);
    }
  }
}
