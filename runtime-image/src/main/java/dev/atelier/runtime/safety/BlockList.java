package dev.atelier.runtime.safety;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.atelier.runtime.store.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The words that prompts must not hold, by category: a data file, and what a platform adds. */
final class BlockList {

  private final TextFolding folding;
  private final HarmlessPhrases shipped;
  private final HarmlessPhrases allowed;
  private final List<BlockedTerm> terms;
  private final String name;

  /**
   * @param shipped phrases that open every category
   * @param allowed these and the platform's, which do not open what concerns minors
   */
  private BlockList(
      TextFolding folding,
      HarmlessPhrases shipped,
      HarmlessPhrases allowed,
      List<BlockedTerm> terms,
      String name) {
    this.folding = folding;
    this.shipped = shipped;
    this.allowed = allowed;
    this.terms = terms;
    this.name = name;
  }

  /** The file's layout. */
  private record File(List<String> allow, List<Group> categories) {
    private record Group(PromptFinding.Category category, List<String> terms) {}
  }

  /** The list that ships. */
  static BlockList shipped() {
    var bytes = SafetyResource.bytes("blocklist.yaml");
    try {
      var file = new ObjectMapper(new YAMLFactory()).readValue(bytes, File.class);
      var folding = TextFolding.shipped();
      var terms = new ArrayList<BlockedTerm>();
      for (var group : file.categories()) {
        group.terms().forEach(term -> terms.add(BlockedTerm.of(group.category(), term, folding)));
      }
      var harmless = HarmlessPhrases.of(file.allow(), folding);
      return new BlockList(
          folding, harmless, harmless, terms, "blocklist " + Digests.of(bytes).substring(0, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The list with more terms and phrases, under a name of its own. */
  BlockList with(List<String> blocked, List<String> phrases, String newName) {
    return new BlockList(
        folding,
        shipped,
        allowed.and(HarmlessPhrases.of(phrases, folding)),
        Stream.concat(
                terms.stream(),
                blocked.stream()
                    .map(term -> BlockedTerm.of(PromptFinding.Category.Platform, term, folding)))
            .toList(),
        newName);
  }

  /** Name and digest, for manifests. */
  String name() {
    return name;
  }

  /** Whether anything of a text is left that can be compared: letters or digits. */
  boolean reads(String text) {
    return !PromptForms.words(folding.fold(text)).replace("*", "").isBlank();
  }

  /** All findings in a text: terms in the order of the list, words cut in two, ages. */
  Stream<PromptFinding> findings(String text) {
    var readings = PromptReadings.of(folding.fold(text), shipped, allowed);
    return Stream.concat(
        Stream.concat(
                terms.stream().filter(readings::hold),
                terms.stream().filter(readings::holdInHalves))
            .map(term -> new PromptFinding(term.category(), term.shown(), name)),
        AgeRule.find(readings.strict().asWritten(), name).stream());
  }
}
