package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What both sides of {@code benchmarks/run} work on, written by {@code benchmarks/model.py}. */
record PeerInputs(Map<String, Tensor> tensors) implements AutoCloseable {

  /** The inputs of a folder. */
  static PeerInputs of(Torch torch, Path folder) {
    var tensors = SafeTensorsFile.readAll(torch, folder.resolve("inputs.safetensors"));
    tensors.values().forEach(Scope::release);
    return new PeerInputs(tensors);
  }

  Tensor get(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** The first samples of a batch. */
  Tensor get(String name, int batch) {
    return get(name).narrow(0, 0, batch);
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
  }
}
