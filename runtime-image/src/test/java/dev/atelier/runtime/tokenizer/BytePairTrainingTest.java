package dev.atelier.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainingTest {

  private static final Map<String, Integer> WORDS =
      Map.of("person", 90, "wearing", 80, "sweater", 12, "sweaters", 1, "sks", 1, "a", 95);

  @TempDir Path folder;
  private int tokens;

  @BeforeEach
  void learn() throws IOException {
    tokens = BytePairTraining.write(new TreeMap<>(WORDS), folder);
  }

  @Test
  void everyWordIsOneToken() {
    var tokenizer = ClipTokenizer.read(folder);

    for (var word : WORDS.keySet()) {
      assertThat(tokenizer.tokens(word)).as(word).hasSize(1);
    }
    assertThat(tokenizer.tokens("a person wearing a sweater")).hasSize(5);
  }

  @Test
  void otherTextStillHasItsBytes() {
    var tokenizer = ClipTokenizer.read(folder);

    assertThat(tokenizer.tokens("zebra")).hasSizeBetween(2, 5).doesNotContain(tokens - 1);
    assertThat(tokenizer.tokens("é")).hasSize(2);
  }

  @Test
  void theSameWordsAlwaysGiveTheSameFiles(@TempDir Path again) throws IOException {
    BytePairTraining.write(new TreeMap<>(WORDS), again);

    for (var file : new String[] {"vocab.json", "merges.txt"}) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
    assertThat(Files.readAllLines(folder.resolve("merges.txt"))).startsWith("#version: 0.2");
  }
}
