package dev.atelier.runtime.stage;

import dev.atelier.runtime.pipeline.PromptFit;
import dev.atelier.runtime.pipeline.XlRequest.Sizes;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.stage.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Read by the base model as it was before tuning, where no CLIP model is configured: the share of
 * comparisons in which a picture's own prompt explains it better than another one. 0.5 is chance.
 */
final class BaseAlignment implements PromptAlignment {

  /** Any number would do; the same one makes rounds comparable. */
  private static final long SEED = 20_230_328;

  private final BaseReader base;
  private final Subject subject;
  private final List<String> prompts;

  /**
   * @param prompts what the rounds draw, for somebody of the class: the base model does not know
   *     the token
   */
  BaseAlignment(BaseReader base, Subject subject, List<String> prompts) {
    this.base = base;
    this.subject = subject;
    this.prompts = new ArrayList<>(prompts.stream().distinct().toList());
    this.prompts.add("a photo of a " + subject.className());
  }

  @Override
  public double of(RoundPictures.Drawn drawn) {
    var first = drawn.pictures().get(0);
    var sizes = Sizes.of(first.height(), first.width());
    try (Scope scope = Scope.open()) {
      double[][] errors = base.read(fit -> fit.errors(drawn.latents(), prompts, sizes, SEED));
      int won = 0;
      int tried = 0;
      for (int picture = 0; picture < errors.length; picture++) {
        int own = prompts.indexOf(ofClass(drawn, picture));
        for (int other = 0; other < prompts.size(); other++) {
          if (other != own) {
            tried++;
            won += errors[picture][own] < errors[picture][other] ? 1 : 0;
          }
        }
      }
      return (double) won / tried;
    }
  }

  @Override
  public String protocol() {
    return "share of comparisons in which the base model's denoiser explains a picture better by its own prompt than by another (diffusion classifier, Li et al. 2023; chance 0.5, %d prompts)"
        .formatted(prompts.size());
  }

  @Override
  public void close() {
    // The base model is opened for each round and closed after it.
  }

  private String ofClass(RoundPictures.Drawn drawn, int picture) {
    return drawn.planned().get(picture).text().replace(subject.phrase(), subject.className());
  }

  /** Opens the base model for a reading. */
  interface BaseReader {
    double[][] read(Function<PromptFit, double[][]> reading);
  }
}
