package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to draw: exactly one of a built-in pack, a list, or a mounted directory of a ConfigMap whose
 * entries are prompts.
 *
 * @param pack name of a built-in pack
 * @param prompts given in the resource
 * @param directory in the container; each file is one prompt named as the file
 */
public record PromptInput(@Nullable String pack, List<Prompt> prompts, @Nullable String directory) {

  /**
   * One prompt.
   *
   * @param name of the files and rows that show it
   * @param text with {@code {subject}} where the person goes
   * @param negative what to steer away from, may be empty
   */
  public record Prompt(String name, String text, String negative) {}
}
