package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoException;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clips of the prepared set, whose frames can be had again. Pictures are no clips. */
interface Footage extends AutoCloseable {

  /** Where frames go. */
  @FunctionalInterface
  interface Screen {
    void show(RgbImage frame) throws VideoException;
  }

  /**
   * The clips that a run prepared; empty where it prepared none.
   *
   * @param training that learned from them, or nothing
   * @param wanted length of the clips that these are compared with
   */
  static Optional<Footage> of(
      StageContext context, BaseModel base, @Nullable VideoTrainingInput training, ClipInput wanted)
      throws IOException {
    var prepared = context.folder().read(Stage.PREPARE_VIDEO.slug());
    if (prepared.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        training == null
            ? StoredFootage.of(context.store(), prepared.get())
            : LatentFootage.open(context, base, training, wanted));
  }

  /** Names of the clips that training did not see. */
  List<String> heldOut();

  /** Names of all others. */
  List<String> others();

  /**
   * Shows the first frames of a clip.
   *
   * @param frames to show at most
   */
  void play(String clip, int frames, Screen screen) throws IOException;

  /** How frames come back, for reports. */
  String told();

  @Override
  default void close() {}
}
