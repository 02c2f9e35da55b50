package dev.atelier.runtime.stage;

import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.pipeline.wan.EncodingPlan;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.util.Optional;

/**
 * The text encoder and the autoencoder of a Wan model, each loaded when it is first asked for. The
 * other one is given up then, unless the plan keeps both.
 */
final class EncoderTurns implements AutoCloseable {

  private final Torch torch;
  private final WanFiles files;
  private final EncodingPlan plan;
  private Optional<T5Encoder> text = Optional.empty();
  private Optional<AutoencoderKLWan> autoencoder = Optional.empty();

  EncoderTurns(Torch torch, WanFiles files, EncodingPlan plan) {
    this.torch = torch;
    this.files = files;
    this.plan = plan;
  }

  T5Encoder text() {
    if (text.isEmpty()) {
      if (!plan.together()) {
        giveUpAutoencoder();
      }
      text = Optional.of(files.text(torch, plan.residence()));
    }
    return text.get();
  }

  AutoencoderKLWan autoencoder() {
    if (autoencoder.isEmpty()) {
      if (!plan.together()) {
        giveUpText();
      }
      var loaded = files.autoencoder(torch);
      loaded.useTiles(plan.tiles());
      autoencoder = Optional.of(loaded);
    }
    return autoencoder.get();
  }

  /** Whether both are in memory now. */
  boolean bothLoaded() {
    return text.isPresent() && autoencoder.isPresent();
  }

  @Override
  public void close() {
    giveUpText();
    giveUpAutoencoder();
  }

  private void giveUpText() {
    try (Scope scope = Scope.open()) {
      text.ifPresent(T5Encoder::close);
    }
    text = Optional.empty();
  }

  private void giveUpAutoencoder() {
    try (Scope scope = Scope.open()) {
      autoencoder.ifPresent(AutoencoderKLWan::close);
    }
    autoencoder = Optional.empty();
  }
}
