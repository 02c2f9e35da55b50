package dev.atelier.local.cluster;

import java.util.List;

/** How server-side apply and strategic merge treat a list. */
sealed interface ListShape {
  /** Replaced as a whole. */
  record Atomic() implements ListShape {}

  /** Scalars merged as a set. */
  record SetOf() implements ListShape {}

  /** Objects merged by the values of their key fields. */
  record MapBy(List<String> keys) implements ListShape {}

  ListShape ATOMIC = new Atomic();
  ListShape SET = new SetOf();

  static ListShape by(String... keys) {
    return new MapBy(List.of(keys));
  }
}
