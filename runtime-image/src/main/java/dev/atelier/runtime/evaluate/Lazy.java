package dev.atelier.runtime.evaluate;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is computed when it is first asked for. For one thread. */
final class Lazy<T> {
  private final Supplier<T> supplier;
  private Optional<T> value = Optional.empty();

  Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  T get() {
    if (value.isEmpty()) {
      value = Optional.of(supplier.get());
    }
    return value.orElseThrow();
  }
}
