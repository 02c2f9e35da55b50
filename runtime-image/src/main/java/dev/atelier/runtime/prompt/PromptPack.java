package dev.atelier.runtime.prompt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SamplerInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of hand-crafted prompts that ships with the runtime, one YAML file under {@code /prompts}.
 *
 * @param description for whom the pack is
 * @param negative what every prompt of the pack steers away from
 * @param sampler the settings that the prompts were written with
 */
public record PromptPack(
    String description, String negative, Sampler sampler, List<Entry> prompts) {

  /** The packs that ship. */
  public static final List<String> NAMES = List.of("linkedin", "studio", "outdoor", "creative");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /**
   * One prompt of a pack.
   *
   * @param text with {@code {subject}} where the person goes
   * @param avoid what this prompt steers away from besides the pack's; may be left out
   */
  public record Entry(String name, String text, @Nullable String avoid) {

    private Prompt with(String negative) {
      return new Prompt(
          name, text, avoid == null || avoid.isEmpty() ? negative : avoid + ", " + negative);
    }
  }

  /** Sampler settings that suit the prompts; the resource's own win. */
  public record Sampler(String scheduler, int steps, double guidanceScale) {

    SamplerInput in(SamplerInput given) {
      return given.with(
          given.open().contains("scheduler") ? scheduler : given.scheduler(),
          given.open().contains("steps") ? steps : given.steps(),
          given.open().contains("guidanceScale") ? guidanceScale : given.guidanceScale());
    }
  }

  /** The pack of a name; an unknown name ends the stage with the names there are. */
  public static PromptPack named(String name) {
    if (!NAMES.contains(name)) {
      throw new StageFailure.BadInput(
          "there is no prompt pack '%s'; the packs are %s"
              .formatted(name, String.join(", ", NAMES)));
    }
    try (var in = PromptPack.class.getResourceAsStream("/prompts/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the prompt pack " + name + " is not on the class path");
      }
      return YAML.readValue(in, PromptPack.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pack's prompts with its negative prompt. */
  public List<Prompt> all() {
    return prompts.stream().map(entry -> entry.with(negative)).toList();
  }
}
