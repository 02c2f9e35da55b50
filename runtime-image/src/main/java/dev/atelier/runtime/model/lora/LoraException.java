package dev.atelier.runtime.model.lora;

import dev.atelier.runtime.tensor.WeightsException;

/** An adapter file that is damaged, of a kind that is not built, or made for another model. */
public final class LoraException extends WeightsException {
  private static final long serialVersionUID = 1L;

  public LoraException(String message) {
    super(message);
  }
}
