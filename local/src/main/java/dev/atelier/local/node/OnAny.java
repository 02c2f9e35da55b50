package dev.atelier.local.node;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Treats every change alike. */
record OnAny<T>(Consumer<T> action) implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T object) {
    action.accept(object);
  }

  @Override
  public void onUpdate(T before, T after) {
    action.accept(after);
  }

  @Override
  public void onDelete(T object, boolean stateUnknown) {
    action.accept(object);
  }
}
