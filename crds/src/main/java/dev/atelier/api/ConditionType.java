package dev.atelier.api;

/** The types of conditions. {@code name()} is the type. */
public enum ConditionType {
  Ready(
      "The resource can be used: a model is published, a job is done, a runtime's spec is usable."),
  Complete("A GenerationJob is done; it is never drawn again."),
  Failed("The run ended without a result and is not tried again for this generation."),
  Suspended("spec.suspend stopped the run; it continues from its checkpoint."),
  Stalled("A person has to act before anything goes on; the message says how."),
  DatasetReady("The photos or clips are judged and enough of them are usable."),
  Trained("The model is tuned."),
  Evaluated("The tuned model is measured and its gate is decided."),
  QuotaReserved("Kueue has reserved quota for the running Job; mirrored, only with a queue."),
  PhotosErased("Photos and everything made from them before publication are erased."),
  PicturesErased(
      "What a GenerationJob drew of a person is erased, since the consent ended; False while that is under way."),
  Serving("The HTTP API of spec.serving answers; Ready says nothing of it.");

  private final String meaning;

  ConditionType(String meaning) {
    this.meaning = meaning;
  }

  /** What it says while it is True. */
  public String meaning() {
    return meaning;
  }
}
