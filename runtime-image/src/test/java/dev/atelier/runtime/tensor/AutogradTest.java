package dev.atelier.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AutogradTest {
  @Test
  void whatFollowsFromAParameterIsRecordedOnlyWhileRecordingIsOn() {
    try (Torch torch = Torch.start();
        Scope scope = Scope.open()) {
      Tensor parameter = torch.ones(2, 2).requireGradient(true);
      Tensor before = parameter.mul(2).mean();
      Tensor during;
      Tensor foreign;
      try (var mode = Autograd.recording()) {
        during = parameter.mul(2).mean();
        foreign = torch.ones(2, 2).mul(2).mean();
        Autograd.backward(parameter.square().sum());
      }

      assertThat(Autograd.isRecorded(parameter)).isTrue();
      assertThat(Autograd.isRecorded(during)).isTrue();
      assertThat(Autograd.isRecorded(before)).isFalse();
      assertThat(Autograd.isRecorded(foreign)).isFalse();
      assertThat(parameter.gradient().orElseThrow().toFloats()).containsExactly(2, 2, 2, 2);
    }
  }
}
