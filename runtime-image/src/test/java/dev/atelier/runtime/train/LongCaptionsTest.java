package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.text.ClipStates;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A caption that is longer than the text encoder reads at once is read in pieces, as in drawing.
 */
class LongCaptionsTest {

  private static final Path TOKENIZER =
      Path.of("src/test/resources/fixtures/pipelines/sd15_tiny/tokenizer");

  @Test
  void trainingReadsALongCaptionAsDrawingReadsTheSamePrompt() {
    var captions =
        List.of("photo of a sks person in the snow", "a red coat and a blue hat ".repeat(30));
    try (var model = new TinyModel();
        var scope = Scope.open()) {
      var tokenizer = ClipTokenizer.read(TOKENIZER);
      var text = model.networks.text();
      var ids = new ClipStates(tokenizer, text).ids(captions);

      var trained =
          model
              .networks
              .conditions(new Conditioning.Tokens(List.of(ids)), model.torch.zeros(1, 4, 8, 8))
              .text()
              .toFloats();

      assertThat(ids.size(1)).isGreaterThan(1);
      assertThat(trained)
          .containsExactly(
              new PromptEncoder(model.torch, tokenizer, text).encode(captions).toFloats());
    }
  }
}
