package dev.atelier.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import com.sun.jna.Pointer;
import org.junit.jupiter.api.Test;

class AddressTest {

  @Test
  void nativeCodeFindsAndChangesTheValuesWhereTheyLie() {
    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      var tensor = torch.tensor(new float[] {1, 2, 3, 4}, 4);
      var memory = new Pointer(Address.of(tensor.narrow(0, 1, 2)));

      assertThat(memory.getFloatArray(0, 2)).containsExactly(2, 3);
      memory.setFloat(0, 20);

      assertThat(tensor.toFloats()).containsExactly(1, 20, 3, 4);
      assertThat(torch.isIdle()).as("a processor has done what it was given").isTrue();
    }
  }

  @Test
  void valuesInAnotherOrderHaveNoAddress() {
    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      var turned = torch.zeros(2, 3).permute(1, 0);

      assertThatThrownBy(() -> Address.of(turned))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("contiguous");
    }
  }
}
