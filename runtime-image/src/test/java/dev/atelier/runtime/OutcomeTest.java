package dev.atelier.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.lora.LoraException;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.runtime.text.PromptTooLongException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTest {

  static Stream<RuntimeException> whatNoRetryMends() {
    return Stream.of(
        new WeightsException("unet: tensor conv_in.weight is missing"),
        new LoraException("lora.safetensors: tensor x is no part of an adapter of this model"),
        new UnsupportedConfigException("scheduler Magic is not supported"),
        new PromptTooLongException("The prompt has 601 tokens"));
  }

  @ParameterizedTest
  @MethodSource("whatNoRetryMends")
  void filesAndPromptsThatCannotBeReadAreBadInputWithTheirMessage(RuntimeException problem) {
    var outcome = Outcome.unexpected(problem);

    assertThat(outcome.exitCode()).isEqualTo(42);
    assertThat(outcome.words().reason()).isEqualTo("BadInput");
    assertThat(outcome.words().message()).isEqualTo(problem.getMessage());
  }

  @Test
  void whatTheEngineCannotAllocateIsLackOfMemoryWithTheMeasuredPeak() {
    RuntimeException problem;
    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      problem = catchThrowableOfType(RuntimeException.class, () -> torch.zeros(1L << 50));
    }

    var outcome = Outcome.unexpected(problem);

    assertThat(outcome.exitCode()).isEqualTo(43);
    assertThat(outcome.words().reason()).isEqualTo("OutOfMemory");
    assertThat(outcome.words().message())
        .containsPattern("at a peak of \\d+ MiB")
        .contains("sampler.width", "training.batchSize");
  }

  @Test
  void aDiskThatFailsIsTriedAgain() {
    var outcome = Outcome.unexpected(new IOException("No space left on device"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.words().reason()).isEqualTo("StorageUnavailable");
    assertThat(outcome.words().message()).contains("No space left on device");
  }

  @Test
  void aBugIsTriedAgainUnderItsOwnMessage() {
    var outcome = Outcome.unexpected(new IllegalStateException("two heads"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.words().message()).isEqualTo("two heads");
  }
}
