package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.operator.run.RunWorld;
import dev.atelier.operator.testing.Resources;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** One HeadshotModel, and what its user does to it. */
final class HeadshotWorld extends RunWorld<HeadshotModel, HeadshotStatus> {

  HeadshotWorld() {
    this(Resources.model());
  }

  HeadshotWorld(HeadshotModel model) {
    super(new HeadshotKind(), model);
  }

  /** The user edits the spec. */
  void edit(UnaryOperator<HeadshotSpec> change) {
    model.setSpec(change.apply(model.getSpec()));
    model.getMetadata().setGeneration(model.getMetadata().getGeneration() + 1);
  }

  void suspend(boolean suspend) {
    edit(spec -> new Edit(spec).suspend(suspend));
  }

  void raiseNonce() {
    edit(spec -> new Edit(spec).nonce(spec.runNonce() + 1));
  }

  HeadshotStatus status() {
    return Objects.requireNonNull(model.getStatus());
  }
}
