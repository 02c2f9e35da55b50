package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;

/** The engine on one thread, and a scope for the tensors a test makes. */
final class TensorBench implements AutoCloseable {

  final Torch torch = Torch.start(1);
  private final Scope scope = Scope.open();

  @Override
  public void close() {
    scope.close();
    torch.close();
  }
}
