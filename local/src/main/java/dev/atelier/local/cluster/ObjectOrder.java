package dev.atelier.local.cluster;

import java.util.Comparator;

/** The order of lists: as etcd keys sort. */
final class ObjectOrder {
  static final Comparator<ObjectKey> BY_KEY =
      Comparator.comparing(ObjectKey::group)
          .thenComparing(ObjectKey::plural)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  private ObjectOrder() {}
}
