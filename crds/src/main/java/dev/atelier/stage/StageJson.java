package dev.atelier.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads and writes the contract: the stage file as YAML, progress and last words as JSON. */
public final class StageJson {

  private static final ObjectMapper JSON = configure(new ObjectMapper());
  private static final ObjectMapper YAML =
      configure(
          new ObjectMapper(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .build()));

  /** Of what a pod answers: its image may be newer than who asks. */
  private static final ObjectMapper ANSWERS =
      JSON.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private StageJson() {}

  /** The mapper of progress and termination messages. */
  public static ObjectMapper json() {
    return JSON.copy();
  }

  /** JSON for people: a report, a manifest, an index. */
  public static byte[] pretty(Object value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a stage file; the same file always gives the same text. */
  public static String write(StageFile file) {
    try {
      return YAML.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a stage file.
   *
   * @throws IOException if it is not one, or speaks another contract; the message says which
   */
  public static StageFile read(String yaml) throws IOException {
    var contract = YAML.readTree(yaml).path("contract").asText("none");
    if (!contract.equals(StageFile.CONTRACT)) {
      throw new IOException(
          "stage file speaks contract '%s', this runtime speaks '%s'; use the runtime image of the operator's release"
              .formatted(contract, StageFile.CONTRACT));
    }
    return YAML.readValue(yaml, StageFile.class);
  }

  /**
   * A termination message, or empty if the text is not one (the process died without words). What
   * only a newer runtime says is read over.
   */
  public static Optional<TerminationMessage> lastWords(String text) {
    return answer(text, TerminationMessage.class);
  }

  /** Progress, or empty if the text is none. What only a newer runtime says is read over. */
  public static Optional<Progress> progress(String text) {
    return answer(text, Progress.class);
  }

  /**
   * The message as JSON of at most {@link TerminationMessage#MAX_BYTES}: rejected photos go first,
   * then judged rounds by {@link JudgedRounds#thinned}, then the tail of the message text, then
   * metrics and artifacts.
   */
  public static String fit(TerminationMessage words) {
    var next = words;
    while (true) {
      var text = compact(next);
      int excess = text.getBytes(StandardCharsets.UTF_8).length - TerminationMessage.MAX_BYTES;
      if (excess <= 0) {
        return text;
      }
      next = shorter(words, next, excess);
    }
  }

  private static TerminationMessage shorter(
      TerminationMessage whole, TerminationMessage words, int excess) {
    var next = LastWords.like(words);
    var dataset = words.dataset();
    var evaluation = words.evaluation();
    if (dataset != null && !dataset.rejected().isEmpty()) {
      var fewer = withoutLast(dataset.rejected());
      next.dataset(new TerminationMessage.Dataset(dataset.photos(), dataset.usable(), fewer));
    } else if (evaluation != null && hasRoundsToSpare(evaluation)) {
      next.evaluation(evaluation.with(fewerRounds(whole, evaluation)));
    } else if (words.message().length() > 200) {
      int keep = Math.max(200, words.message().length() - excess - 3);
      next.message(words.message().substring(0, keep - 3) + "...");
    } else if (evaluation != null && !evaluation.metrics().isEmpty()) {
      var fewer = withoutLast(evaluation.metrics());
      next.evaluation(
          new TerminationMessage.Evaluation(
              evaluation.selectedStep(), fewer, evaluation.gate(), evaluation.rounds()));
    } else if (!words.artifacts().isEmpty()) {
      next.artifacts(withoutLast(words.artifacts()));
    } else {
      throw new IllegalArgumentException("a termination message of bare fields does not fit");
    }
    return next.say();
  }

  private static boolean hasRoundsToSpare(TerminationMessage.Evaluation evaluation) {
    var rounds = evaluation.rounds();
    return rounds != null && rounds.steps().size() > Thinning.FEWEST;
  }

  /** Which rounds stay follows from all that there were, not from those of the last try. */
  private static JudgedRounds fewerRounds(
      TerminationMessage whole, TerminationMessage.Evaluation now) {
    int left = Objects.requireNonNull(now.rounds()).steps().size() - 1;
    return Objects.requireNonNull(Objects.requireNonNull(whole.evaluation()).rounds())
        .thinned(left);
  }

  private static <T> Optional<T> answer(String text, Class<T> form) {
    try {
      return Optional.ofNullable(ANSWERS.readValue(text, form));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static <T> List<T> withoutLast(List<T> list) {
    return list.subList(0, list.size() - 1);
  }

  private static String compact(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectMapper configure(ObjectMapper mapper) {
    return mapper
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
  }
}
