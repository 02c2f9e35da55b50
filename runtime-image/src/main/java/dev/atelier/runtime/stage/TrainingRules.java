package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.photo.CropShape;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainingInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the knobs of a training must be; the API server refuses most of it before. */
final class TrainingRules {

  /** Each byte, within a word and at its end. */
  private static final int ALPHABET = 512;

  private TrainingRules() {}

  /** Ends the stage at the first knob that cannot be trained with. */
  static void check(TrainingInput training) {
    require(training.maxSteps() >= 1, "maxSteps", training.maxSteps(), "at least 1");
    require(training.batchSize() >= 1, "batchSize", training.batchSize(), "at least 1");
    require(
        training.gradientAccumulation() >= 1,
        "gradientAccumulation",
        training.gradientAccumulation(),
        "at least 1");
    requireRate("learningRate", training.learningRate());
    requireRate("textEncoderLearningRate", training.textEncoderLearningRate());
    var lora = training.lora();
    if (lora != null) {
      requireShape(lora);
    }
    var inversion = training.textualInversion();
    if (inversion != null) {
      require(
          inversion.vectors() >= 1, "textualInversion.vectors", inversion.vectors(), "at least 1");
    }
    requireDecay(training.emaDecay());
  }

  static void requireShape(TrainingInput.Lora lora) {
    require(lora.rank() >= 1, "lora.rank", lora.rank(), "at least 1");
    require(lora.alpha() > 0, "lora.alpha", lora.alpha(), "above 0");
    var formats = lora.exportFormats();
    require(
        !formats.isEmpty(),
        "lora.exportFormats",
        formats,
        "at least one of Diffusers, Peft and Kohya");
  }

  static void requireDecay(@Nullable Double decay) {
    if (decay != null) {
      require(decay > 0 && decay < 1, "emaDecay", decay, "between 0 and 1");
    }
  }

  /** Ends the stage if photos of a shape cannot be encoded. */
  static void checkShape(CropShape shape, int compression) {
    boolean whole = shape.width() % compression == 0 && shape.height() % compression == 0;
    if (!whole && !shape.isSquare()) {
      throw new StageFailure.BadInput(
          "training.aspectBuckets gives photos of %s pixels, and this model's pictures have edges that are multiples of %d; set training.aspectBuckets: false, or a training.resolution of at least 256, where the edges are multiples of 64"
              .formatted(shape, compression));
    }
    require(
        whole,
        "resolution",
        shape.width(),
        "a multiple of %d for this model".formatted(compression));
  }

  /**
   * A sentence for a person whose token is a word already: the model's idea of the word and the
   * subject get in each other's way.
   *
   * @param learnt whether the token gets vectors of its own, so that no word at all may be it
   */
  static Optional<String> aboutToken(ClipTokenizer tokenizer, Subject subject, boolean learnt) {
    var ids = tokenizer.tokens(subject.token());
    // Behind the alphabet the vocabulary is sorted by how often words occurred.
    int frequent = ALPHABET + (tokenizer.words() - ALPHABET) / 2;
    boolean known = ids.size() == 1 && (learnt || ids.get(0) < frequent);
    return known
        ? Optional.of(
            "subject.token '%s' is a word that the base model knows already, which %s; a rare one such as 'sks' is safer"
                .formatted(
                    subject.token(),
                    learnt
                        ? "prompts cannot use any more in its old meaning"
                        : "makes the person harder to learn and the word harder to draw"))
        : Optional.empty();
  }

  static void requireRate(String knob, double rate) {
    require(Double.isFinite(rate) && rate > 0, knob, rate, "a number above 0, such as 1e-4");
  }

  static void require(boolean kept, String knob, @Nullable Object value, String rule) {
    if (!kept) {
      throw new StageFailure.BadInput(
          "training.%s is %s, it must be %s".formatted(knob, value, rule));
    }
  }
}
