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
    long seed = SubjectBatches.mix(world.seed(), step);
    var scores = reader.scores(SoftPictures.soft(FilmReader.asPictures(drawn(films)), step, seed));
    var loss = torch.scalar(0);
    int from = 0;
    for (var question : Question.values()) {
      var right = films.stream().mapToInt(question::right).toArray();
      loss = loss.add(CrossEntropy.of(scores, from, question.answers(), right));
      from += question.answers();
    }
    return loss;
  }
}
