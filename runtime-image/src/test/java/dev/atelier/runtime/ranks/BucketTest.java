package dev.atelier.runtime.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketTest {

  @Test
  void smallTensorsTravelTogetherAndLargeOnesAlone() {
    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      var small = torch.zeros(1_000, 1_000);
      var large = torch.zeros(5_000_000);

      var buckets = Bucket.of(List.of(small, small, small, small, small, large, small));

      assertThat(buckets).extracting(bucket -> bucket.tensors().size()).containsExactly(4, 1, 1, 1);
      assertThat(Bucket.of(List.of())).isEmpty();
    }
  }

  @Test
  void whatWasMadeFlatIsFilledInAgain() {
    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      var turned = torch.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).permute(1, 0);
      var scalar = torch.scalar(7);
      var bucket = new Bucket(List.of(turned, scalar));

      bucket.fill(bucket.flat().mul(10));

      assertThat(turned.toFloats()).containsExactly(10, 40, 20, 50, 30, 60);
      assertThat(scalar.item()).isEqualTo(70);
    }
  }
}
