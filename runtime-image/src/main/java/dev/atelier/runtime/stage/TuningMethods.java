package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.DreamBoothTuning;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LoraForm;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.TextEncoderTraining;
import dev.atelier.runtime.train.TextualInversion;
import dev.atelier.runtime.train.TextualInversion.Reader;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainingInput;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The three methods of the API.
 *
 * @param training the knobs
 */
record TuningMethods(TrainingInput training, Subject subject) {

  static final String DREAM_BOOTH = "DreamBooth";
  static final String LORA = "LoRA";
  static final String TEXTUAL_INVERSION = "TextualInversion";

  /** Whether weights of the denoiser itself change. */
  boolean changesUnet() {
    return training.method().equals(DREAM_BOOTH);
  }

  /** Whether weights of the text encoder itself change. */
  boolean changesText() {
    return textTraining() == TextEncoderTraining.Full;
  }

  /** Whether captions are always read the same, so that their states can be kept. */
  boolean freezesText() {
    return !isInversion() && textTraining() == TextEncoderTraining.Frozen;
  }

  boolean isInversion() {
    return training.method().equals(TEXTUAL_INVERSION);
  }

  /** The learning rate of the denoiser. */
  LearningRate rate() {
    return new LearningRate(
        training.learningRate(),
        LearningRate.Schedule.valueOf(training.learningRateSchedule()),
        training.warmupSteps(),
        training.maxSteps());
  }

  /** The tokenizers that read the captions: with the subject's token where that is learnt. */
  List<ClipTokenizer> tokenizers(List<ClipTokenizer> base, List<ClipTextModel> texts) {
    return isInversion()
        ? IntStream.range(0, base.size())
            .mapToObj(i -> taught(base.get(i), texts.get(i).config().vocabulary()))
            .toList()
        : base;
  }

  private ClipTokenizer taught(ClipTokenizer base, int vocabulary) {
    int end = vocabulary + inversion().vectors();
    return base.with(subject.token(), IntStream.range(vocabulary, end).boxed().toList());
  }

  /** Marks what is trained. */
  TuningMethod mark(Torch torch, Networks networks, List<ClipTokenizer> base) {
    var textRate = rate().withBase(training.textEncoderLearningRate());
    return switch (training.method()) {
      case DREAM_BOOTH -> new DreamBoothTuning(networks, changesText(), rate(), textRate);
      case LORA -> {
        var lora = Objects.requireNonNull(training.lora(), "lora");
        yield new LoraTuning(
            torch,
            networks,
            new LoraTuning.Shape(lora.rank(), lora.alpha(), LoraTuning.targets(lora.targets())),
            textTraining(),
            rate(),
            textRate,
            training.seed(),
            LoraForm.of(lora.exportFormats()));
      }
      case TEXTUAL_INVERSION -> inversion(networks, base);
      default ->
          throw new StageFailure.BadInput(
              "training.method '%s' is not known; this release has DreamBooth, LoRA and TextualInversion"
                  .formatted(training.method()));
    };
  }

  private TextualInversion inversion(Networks networks, List<ClipTokenizer> base) {
    var readers =
        IntStream.range(0, base.size())
            .mapToObj(i -> new Reader(networks.texts().get(i), initializer(base.get(i))))
            .toList();
    return new TextualInversion(readers, subject.token(), inversion().vectors(), rate());
  }

  private List<Integer> initializer(ClipTokenizer base) {
    var word = inversion().initializer();
    var start = base.tokens(word);
    if (start.isEmpty()) {
      throw new StageFailure.BadInput(
          "training.textualInversion.initializer '%s' is no word for the tokenizer"
              .formatted(word));
    }
    return start;
  }

  private TrainingInput.TextualInversion inversion() {
    return Objects.requireNonNull(training.textualInversion(), "textualInversion");
  }

  private TextEncoderTraining textTraining() {
    return TextEncoderTraining.valueOf(training.textEncoder());
  }
}
