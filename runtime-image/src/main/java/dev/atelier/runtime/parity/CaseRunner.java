package dev.atelier.runtime.parity;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.util.Map;

/** Computes the outputs of one kind of case. */
public interface CaseRunner {
  /** Whether this runner computes cases like that one. */
  boolean accepts(ParityCase parityCase);

  /**
   * The outputs under the names of the expected ones; more are welcome, missing ones fail the case.
   */
  Map<String, Tensor> run(Torch torch, ParityCase parityCase) throws IOException;
}
