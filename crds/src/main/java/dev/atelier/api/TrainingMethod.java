package dev.atelier.api;

/** How the person is taught to the model. */
public enum TrainingMethod {
  /** All weights of the UNet (Ruiz et al. 2022). */
  DreamBooth("2e-6", TextEncoderTraining.Full),
  /** Low-rank adapters (Hu et al. 2021). */
  LoRA("1e-4", TextEncoderTraining.Adapter),
  /** Only the embedding of a new token (Gal et al. 2022). */
  TextualInversion("5e-4", TextEncoderTraining.Frozen);

  private final String learningRate;
  private final TextEncoderTraining textEncoder;

  TrainingMethod(String learningRate, TextEncoderTraining textEncoder) {
    this.learningRate = learningRate;
    this.textEncoder = textEncoder;
  }

  /** The learning rate of a resource that names none. */
  public String learningRate() {
    return learningRate;
  }

  /** What is trained of the text encoder unless the resource says otherwise. */
  public TextEncoderTraining textEncoder() {
    return textEncoder;
  }
}
