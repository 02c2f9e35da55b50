package dev.atelier.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTokenizerTest {
  private static final Path SMALL = folder("/fixtures/tokenizers/clip_bpe_small");

  private final ClipTokenizer tokenizer = ClipTokenizer.read(SMALL);

  @Test
  void aPromptBecomesStartTextEndAndPadding() {
    long[] ids = tokenizer.encode("a cat");

    assertThat(ids).hasSize(77).startsWith(1000).endsWith(1001, 1001);
    assertThat(tokenizer.cuts("a cat")).isFalse();
  }

  @Test
  void aLongPromptIsCutButKeepsItsEndToken() {
    String prompt = "word ".repeat(200);

    assertThat(tokenizer.encode(prompt)).hasSize(77).endsWith(1001);
    assertThat(tokenizer.cuts(prompt)).isTrue();
  }

  @Test
  void theSingleFileFormGivesTheSameIds(@TempDir Path folder) throws IOException {
    Files.copy(SMALL.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.copy(SMALL.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
    String prompt = "Café “smart quotes”, ﬁne & 8k <|endoftext|> rock'n'roll 😀";

    assertThat(ClipTokenizer.read(folder).encode(prompt)).isEqualTo(tokenizer.encode(prompt));
  }

  @Test
  void theSingleFileOfTheWholeVocabularyGivesTheIdsOfTransformers(@TempDir Path folder)
      throws IOException {
    var whole = folder("/fixtures/tokenizers/clip_bpe");
    for (var name : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.copy(whole.resolve(name), folder.resolve(name));
    }
    var single = ClipTokenizer.read(folder);

    assertThat(single.words()).isEqualTo(49_408);
    var prompts = new ObjectMapper().readTree(Files.readAllBytes(whole.resolve("ids.json")));
    assertThat(prompts).hasSize(63);
    for (var prompt : prompts) {
      var text = prompt.path("prompt").asText();
      var ids = StreamSupport.stream(prompt.path("ids").spliterator(), false);
      assertThat(single.encode(text))
          .as(text)
          .startsWith(ids.mapToLong(JsonNode::asLong).toArray());
    }
  }

  @Test
  void aLearntWordBecomesTheIdsOfItsVectorsWhereItStandsAlone() {
    var taught = tokenizer.with("cat", List.of(2000, 2001));

    assertThat(taught.encode("a cat, cat")).contains(2000, 2001);
    assertThat(taught.tokens("a cat, cat"))
        .containsSubsequence(2000, 2001, 2000, 2001)
        .hasSize(tokenizer.tokens("a , ").size() + 4);
    assertThat(taught.tokens("cats concat")).isEqualTo(tokenizer.tokens("cats concat"));
    assertThat(tokenizer.tokens("cat")).doesNotContain(2000);
  }

  @Test
  void aMissingMergesFileIsNamed(@TempDir Path folder) throws IOException {
    Files.copy(SMALL.resolve("vocab.json"), folder.resolve("vocab.json"));

    assertThatThrownBy(() -> ClipTokenizer.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("merges.txt does not exist");
  }

  @Test
  void aTruncatedVocabularyIsNamed(@TempDir Path folder) throws IOException {
    String vocabulary = Files.readString(SMALL.resolve("vocab.json"));
    Files.writeString(folder.resolve("vocab.json"), vocabulary.substring(0, 500));
    Files.copy(SMALL.resolve("merges.txt"), folder.resolve("merges.txt"));

    assertThatThrownBy(() -> ClipTokenizer.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("vocab.json is not readable JSON");
  }

  private static Path folder(String resource) {
    return Path.of(URI.create(ClipTokenizerTest.class.getResource(resource).toString()));
  }
}
