package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.tensor.Scope;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A model that is loaded when it is needed. Parts of a large pipeline follow one another, so each
 * is given up after its work unless memory is there to keep it.
 */
final class Part<M extends AutoCloseable> implements AutoCloseable {
  private final Supplier<M> loader;
  private final boolean kept;
  private Optional<M> loaded = Optional.empty();

  /**
   * @param kept whether the model stays loaded until this is closed
   */
  Part(Supplier<M> loader, boolean kept) {
    this.loader = loader;
    this.kept = kept;
  }

  /** Loads the model, if it is one to keep. */
  void load() {
    if (kept && loaded.isEmpty()) {
      loaded = Optional.of(loader.get());
    }
  }

  /** Works with the model; its result belongs to the scope around. */
  <R> R use(Function<M, R> work) {
    M model = loaded.orElseGet(loader);
    loaded = Optional.of(model);
    try {
      return work.apply(model);
    } finally {
      if (!kept) {
        close();
      }
    }
  }

  /** Whether the model is in memory now. */
  boolean isLoaded() {
    return loaded.isPresent();
  }

  @Override
  public void close() {
    loaded.ifPresent(Part::closed);
    loaded = Optional.empty();
  }

  private static void closed(AutoCloseable model) {
    try (Scope scope = Scope.open()) {
      model.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot give up " + model, e);
    }
  }
}
