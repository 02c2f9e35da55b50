package dev.atelier.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnigramVocabularyTest {

  @TempDir Path folder;

  @Test
  void everyGivenWordIsOneTokenAndOthersAreSpelled() throws IOException {
    int size = UnigramVocabulary.write(List.of("a", "ball", "red"), 24, folder);

    try (var tokenizer = T5Tokenizer.read(folder)) {
      assertThat(tokenizer.tokens("a red ball")).containsExactly(4, 6, 5, 1);
      assertThat(tokenizer.tokens("A  Red ball ")).containsExactly(4, 6, 5, 1);
      assertThat(tokenizer.tokens("")).containsExactly(1);
      assertThat(tokenizer.tokens("red bus")).hasSize(6).doesNotContain(3).startsWith(6);
      assertThat(tokenizer.tokens("b\u00e4ll")).contains(3).endsWith(1);
      for (long id : tokenizer.tokens("red bus 42!")) {
        assertThat(id).isLessThan(size);
      }
    }
  }
}
