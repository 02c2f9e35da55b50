package dev.atelier.runtime.stage;

import dev.atelier.runtime.sample.ClipSource;
import java.util.Optional;

/** Opens models that draw clips. */
@FunctionalInterface
interface VideoModels {

  /**
   * Opens a model.
   *
   * @param tuned what to put on the base model, or empty for the base model itself
   */
  ClipSource open(BaseModel base, Optional<TunedFiles> tuned, ClipRequest request);

  /** Wan models on an engine of their own, which ends with them. */
  static VideoModels wan(Compute compute) {
    return (base, tuned, request) -> {
      var model = LoadedWan.start(compute, base, tuned, request.enlargement());
      try {
        return model.clips(request, model::close);
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    };
  }
}
