package dev.atelier.runtime.prompt;

import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SamplerInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The prompts of a stage, each with a file name of its own; placeholders are filled on use. */
public final class Prompts {

  private static final String SUBJECT = "{subject}";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

  private Prompts() {}

  /**
   * The prompts that the input names, still with {@code {subject}} in them.
   *
   * @param mounts from a directory in the container to where it lies
   */
  public static List<Prompt> of(PromptInput input, Function<String, Path> mounts) {
    var prompts = given(input, mounts);
    if (prompts.isEmpty()) {
      throw new StageFailure.BadInput(
          "there are no prompts; set one of prompts, promptPack and promptsFrom");
    }
    var names = new HashSet<String>();
    for (var prompt : prompts) {
      checkPlaceholders(prompt);
      if (!names.add(fileName(prompt))) {
        throw new StageFailure.BadInput(
            "two prompts have the name '%s', which also names their files; rename one"
                .formatted(prompt.name()));
      }
    }
    return prompts;
  }

  /** How to denoise: what the resource leaves open is what the pack was written with. */
  public static SamplerInput sampler(PromptInput input, SamplerInput given) {
    if (given.distilled() != null) {
      throw new StageFailure.BadInput(
          "sampler.distilled is for clips; leave it out, and give the steps of a distilled model of pictures as sampler.steps");
    }
    var pack = input.pack();
    return pack == null || pack.isEmpty() ? given : PromptPack.named(pack).sampler().in(given);
  }

  /** The prompts with the subject in its place. */
  public static List<Prompt> filled(List<Prompt> prompts, String subject) {
    return prompts.stream()
        .map(one -> new Prompt(one.name(), filled(one.text(), subject), one.negative()))
        .toList();
  }

  /** The prompt's text with the subject in its place. */
  public static String filled(String text, String subject) {
    return text.replace(SUBJECT, subject);
  }

  /** A name for files: letters, digits, dots, hyphens. */
  public static String fileName(Prompt prompt) {
    var name = prompt.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
    return name.replaceAll("^[.-]+|[.-]+$", "");
  }

  private static List<Prompt> given(PromptInput input, Function<String, Path> mounts) {
    var pack = input.pack();
    if (pack != null && !pack.isEmpty()) {
      return PromptPack.named(pack).all();
    }
    var directory = input.directory();
    return directory == null ? input.prompts() : mounted(mounts.apply(directory));
  }

  private static List<Prompt> mounted(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !name(file).startsWith("."))
          .sorted()
          .map(Prompts::read)
          .toList();
    } catch (IOException e) {
      throw new StageFailure.BadInput(
          "cannot read the prompts in %s: %s; check promptsFrom".formatted(folder, e.getMessage()),
          e);
    }
  }

  private static Prompt read(Path file) {
    try {
      return new Prompt(name(file).replaceAll("\\.txt$", ""), Files.readString(file).strip(), "");
    } catch (IOException e) {
      throw new StageFailure.BadInput(
          "the prompt in %s is not readable as UTF-8 text: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void checkPlaceholders(Prompt prompt) {
    if (prompt.text().isBlank()) {
      throw new StageFailure.BadInput(
          "the prompt '%s' has no text; say what the picture shows, or remove the prompt"
              .formatted(prompt.name()));
    }
    if (fileName(prompt).isEmpty()) {
      throw new StageFailure.BadInput(
          "the prompt '%s' needs a name with letters or digits, which its pictures are called by"
              .formatted(prompt.name()));
    }
    var found = PLACEHOLDER.matcher(prompt.text());
    while (found.find()) {
      if (!found.group().equals(SUBJECT)) {
        throw new StageFailure.BadInput(
            "the prompt '%s' holds %s; the only placeholder is {subject}"
                .formatted(prompt.name(), found.group()));
      }
    }
  }
}
