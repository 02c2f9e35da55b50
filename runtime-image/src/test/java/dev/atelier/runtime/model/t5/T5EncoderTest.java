package dev.atelier.runtime.model.t5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class T5EncoderTest {
  @ParameterizedTest
  @ValueSource(strings = {"models/t5_encoder", "models/umt5_encoder"})
  void blocksReadFromTheFilesOneByOneGiveTheVerySameStates(String model) {
    try (var torch = Torch.start();
        var scope = Scope.open();
        var resident = T5Encoder.load(torch, Fixtures.folder(model), Residence.RESIDENT);
        var streamed = T5Encoder.load(torch, Fixtures.folder(model), Residence.STREAMED)) {
      Tensor ids = torch.tensor(LongStream.range(2, 22).toArray(), 2, 10);

      float[] states = streamed.forward(ids).toFloats();

      assertThat(states).isEqualTo(resident.forward(ids).toFloats());
      assertThat(streamed.modules().parameters()).hasSize(1);
      assertThat(resident.modules().parameters()).hasSizeGreaterThan(20);
    }
  }
}
