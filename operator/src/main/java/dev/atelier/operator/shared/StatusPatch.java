package dev.atelier.operator.shared;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;

/** Writes a status by server-side apply, only if it says something new. */
public final class StatusPatch {

  private StatusPatch() {}

  /**
   * Writes the status; the next reconciliation sees it even if the watch is late.
   *
   * @return whether anything was written
   */
  public static <S, P extends CustomResource<?, S>> boolean write(
      P seen, S next, Context<P> context) {
    if (next.equals(seen.getStatus())) {
      return false;
    }
    PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(seen, fresh(seen, next), context);
    return true;
  }

  /** Applying the object as it was read would claim every field of its spec. */
  private static <S, P extends CustomResource<?, S>> P fresh(P seen, S next) {
    try {
      @SuppressWarnings("unchecked")
      var fresh = (P) seen.getClass().getDeclaredConstructor().newInstance();
      fresh.setMetadata(
          new ObjectMetaBuilder()
              .withName(seen.getMetadata().getName())
              .withNamespace(seen.getMetadata().getNamespace())
              .build());
      fresh.setStatus(next);
      return fresh;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          seen.getClass() + " needs a public constructor without arguments", e);
    }
  }
}
