package dev.atelier.runtime.stage;

import dev.atelier.runtime.safety.LanguageAdvisory;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.PromptInput.Prompt;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person should know about prompts that are drawn all the same. */
final class PromptAdvice {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private PromptAdvice() {}

  /**
   * One sentence for each prompt that seems to be in another language, in the log as well, and for
   * each finding that refused nothing.
   */
  static List<String> of(List<Prompt> prompts, List<Manifest.Advised> advised) {
    return Stream.concat(
            language(prompts).stream(),
            advised.stream().map(one -> "%s: %s".formatted(one.name(), one.reason())))
        .toList();
  }

  private static List<String> language(List<Prompt> prompts) {
    var advisory = LanguageAdvisory.shipped();
    var advice =
        prompts.stream()
            .flatMap(
                prompt ->
                    advisory
                        .of(prompt.text())
                        .map(sentence -> "%s: %s".formatted(prompt.name(), sentence))
                        .stream())
            .toList();
    advice.forEach(sentence -> LOG.warn("prompt {}", sentence));
    return advice;
  }
}
