package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.Verdict;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import java.util.Optional;

/** Decides which pictures of the class a model may learn from. */
interface ClassPictureJudge extends AutoCloseable {

  /** Why a picture is no good; empty if it is. */
  Optional<Verdict> refusal(RgbImage picture);

  @Override
  void close();

  /** Opens a judge where pictures are about to be drawn. */
  @FunctionalInterface
  interface Opening {

    /** The judge of a stage. */
    ClassPictureJudge open(Stores stores, PerceptionInput input);
  }
}
