package dev.atelier.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceLossTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA error: an illegal memory access was encountered",
        "CUDA error: device-side assert triggered",
        "CUDA error: uncorrectable ECC error encountered",
        "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling cublasGemmEx",
        "cuDNN error: CUDNN_STATUS_INTERNAL_ERROR"
      })
  void theGpuIsOfNoMoreUse(String message) {
    assertThat(DeviceLoss.caused(new IllegalStateException(message))).isTrue();
    assertThat(DeviceLoss.caused(new RuntimeException(new IllegalStateException(message))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 20.00 GiB",
        "CUDA error: out of memory",
        "shapes do not fit"
      })
  void theGpuDrawsSomethingElse(String message) {
    assertThat(DeviceLoss.caused(new IllegalStateException(message))).isFalse();
  }

  @Test
  void nothingIsSaid() {
    assertThat(DeviceLoss.caused(new IllegalStateException())).isFalse();
  }
}
