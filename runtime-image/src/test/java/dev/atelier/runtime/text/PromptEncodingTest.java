package dev.atelier.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptEncodingTest {
  private static Torch torch;
  private static ClipTextModel text;
  private static PromptEncoder encoder;
  private Scope scope = Scope.open();

  @BeforeAll
  static void loadTheTextEncoder() {
    torch = Torch.start();
    Path base =
        Path.of(
            URI.create(
                Objects.requireNonNull(
                        PromptEncodingTest.class.getResource("/fixtures/pipelines/sd15_tiny"))
                    .toString()));
    text = ClipTextModel.load(torch, base.resolve("text_encoder"), Storage.MAPPED);
    encoder = new PromptEncoder(torch, ClipTokenizer.read(base.resolve("tokenizer")), text);
  }

  @AfterAll
  static void close() {
    text.close();
    torch.close();
  }

  @BeforeEach
  void openScope() {
    scope.close();
    scope = Scope.open();
  }

  @AfterEach
  void closeScope() {
    scope.close();
    scope = Scope.open();
  }

  @Test
  void aLongPromptGoesThroughTheEncoderInPiecesOf75Tokens() {
    String half = "a ".repeat(75);
    Tensor states = encoder.encode(List.of(half + "a cat"));

    assertThat(states.shape()).containsExactly(1, 154, 32);
    assertThat(states.narrow(1, 0, 77).toFloats())
        .isEqualTo(encoder.encode(List.of(half)).toFloats());
    assertThat(states.narrow(1, 77, 77).toFloats())
        .isEqualTo(encoder.encode(List.of("a cat")).toFloats());
  }

  @Test
  void theNegativeHalfIsAsLongAsThePrompts() {
    var both = encoder.encode(PromptBatch.of(List.of("a ".repeat(80)), List.of("blurry"), 0), true);

    assertThat(both.prompts().states().shape()).containsExactly(1, 154, 32);
    assertThat(both.negatives().states().shape()).containsExactly(1, 154, 32);
    assertThat(both.negatives().states().narrow(1, 77, 77).toFloats())
        .isEqualTo(encoder.encode(List.of("")).toFloats());
  }

  @Test
  void aWeightedWordIsRaisedAndTheMeanIsKept() {
    Tensor plain = encoder.encode(List.of("a red cat"));
    Tensor raised = encoder.encode(List.of("a (red:1.5) cat"));

    assertThat(raised.mean().item()).isEqualTo(plain.mean().item(), Offset.offset(1e-5));
    double cat =
        raised.narrow(1, 1, 1).abs().sum().item() / plain.narrow(1, 1, 1).abs().sum().item();
    int redAt = 2;
    double red =
        raised.narrow(1, redAt, 1).abs().sum().item()
            / plain.narrow(1, redAt, 1).abs().sum().item();
    assertThat(red / cat).isEqualTo(1.5, Offset.offset(1e-4));
  }

  @Test
  void aWeightOfOneChangesNothingAndNeighboursAreLeftAlone() {
    float[] plain = encoder.encode(List.of("a red cat")).toFloats();

    assertThat(encoder.encode(List.of("a (red:1.0) cat")).toFloats()).isEqualTo(plain);
    assertThat(encoder.encode(List.of("a red cat", "a (blue:2) cat")).narrow(0, 0, 1).toFloats())
        .containsExactly(plain, Offset.offset(1e-5f));
  }

  @Test
  void aPromptOverTheLimitSaysHowLongItIs() {
    assertThatThrownBy(() -> encoder.encode(List.of("a ".repeat(601))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 601 tokens, at most 600 are drawn");
  }
}
