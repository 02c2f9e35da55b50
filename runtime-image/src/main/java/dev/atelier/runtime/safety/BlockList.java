package dev.atelier.runtime.safety;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.atelier.runtime.store.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words that prompts must not hold, by category; a data file. */
final class BlockList {
  /** Two halves of a shorter word meet by chance, unless one is a letter that is no word. */
  private static final int SPLIT_FROM = 5;

  private static final int SPLIT_OFF_FROM = 4;

  private final TextFolding folding;
  private final List<String> allowed;
  private final List<BlockedTerm> terms;
  private final String name;

  private BlockList(
      TextFolding folding, List<String> allowed, List<BlockedTerm> terms, String name) {
    this.folding = folding;
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
      var allowed = file.allow().stream().map(a -> PromptForms.words(folding.fold(a))).toList();
      return new BlockList(
          folding, allowed, terms, "blocklist " + Digests.of(bytes).substring(0, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Name and digest, for manifests. */
  String name() {
    return name;
  }

  int size() {
    return terms.size();
  }

  /** The first finding in a text, in the order of the list. */
  Optional<PromptFinding> find(String text) {
    var forms =
        PromptForms.of(folding.fold(text)).stream().map(this::withoutAllowed).distinct().toList();
    for (BlockedTerm term : terms) {
      if (forms.stream().anyMatch(term::isIn)) {
        return Optional.of(new PromptFinding(term.category(), term.shown(), name));
      }
    }
    return split(forms.get(0)).or(() -> AgeRule.find(forms.get(0), name));
  }

  /** Words cut in two by a space. */
  private Optional<PromptFinding> split(String words) {
    var parts = words.split(" ");
    for (int i = 0; i + 1 < parts.length; i++) {
      var joined = parts[i] + parts[i + 1];
      for (BlockedTerm term : terms) {
        if (joined.length() >= shortest(parts[i], parts[i + 1]) && term.is(joined)) {
          return Optional.of(new PromptFinding(term.category(), term.shown(), name));
        }
      }
    }
    return Optional.empty();
  }

  private static int shortest(String one, String other) {
    return one.matches("[^ai]") || other.matches("[^ais]") ? SPLIT_OFF_FROM : SPLIT_FROM;
  }

  private String withoutAllowed(String words) {
    var padded = " " + words + " ";
    for (String phrase : allowed) {
      padded = padded.replace(" " + phrase + " ", " * ");
    }
    return padded.strip();
  }
}
