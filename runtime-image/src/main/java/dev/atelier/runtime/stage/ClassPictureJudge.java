package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.photo.PhotoJudge;
import dev.atelier.runtime.photo.PhotoSettings;
import dev.atelier.runtime.photo.Verdict;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges pictures of the class by what intake asks of one photo: one face, lit, and nothing
 * indecent. Size, sharpness and poses are the base model's own, and people of a class may wear
 * sunglasses. The models are opened for the first picture: where all are kept from before, none is
 * judged.
 */
final class ClassPictureJudge implements AutoCloseable {

  /**
   * Small pictures are enlarged to this: the face detector misses faces below 20 pixels, and its
   * time grows with the area.
   */
  private static final int EDGE = 128;

  private static final Set<Verdict> FINE = EnumSet.of(Verdict.Accepted, Verdict.Occluded);

  private final Stores stores;
  private final PerceptionInput input;
  private final Map<Verdict, Integer> replaced = new EnumMap<>(Verdict.class);
  private final Map<Verdict, Integer> kept = new EnumMap<>(Verdict.class);
  private Optional<Judge> opened = Optional.empty();
  private int judged;

  private record Judge(Perception models, PhotoJudge photos) {}

  ClassPictureJudge(Stores stores, PerceptionInput input) {
    this.stores = stores;
    this.input = input;
  }

  /**
   * Whether a picture is no good.
   *
   * @param last whether it is taken for want of a better one if it is not
   * @throws StageFailure.BadInput if it is the last and must not be taken
   */
  boolean refuses(RgbImage picture, boolean last) {
    judged++;
    var finding = judge().photos().judge(Resize.atLeast(picture, EDGE, Filter.BICUBIC));
    if (FINE.contains(finding.verdict())) {
      return false;
    }
    if (last && finding.verdict() == Verdict.Unsafe) {
      throw new StageFailure.BadInput(
          "the base model draws indecent pictures of the class, again and again: change training.priorPreservation.prompt, or set training.priorPreservation.enabled: false");
    }
    (last ? kept : replaced).merge(finding.verdict(), 1, Integer::sum);
    return true;
  }

  /** What became of the pictures; empty where none was drawn. */
  Optional<String> summary() {
    return judged == 0
        ? Optional.empty()
        : Optional.of(
            "%d class pictures drawn; drawn again from another seed: %s; no better after the last seed and kept: %s"
                .formatted(judged, told(replaced), told(kept)));
  }

  private static String told(Map<Verdict, Integer> counts) {
    return counts.isEmpty() ? "none" : counts.toString();
  }

  private Judge judge() {
    var judge =
        opened.orElseGet(
            () -> {
              var models = new PerceptionModels(stores).open(input);
              var settings = PhotoSettings.ofDrawn(input.nudity().block());
              return new Judge(models, new PhotoJudge(models, settings));
            });
    opened = Optional.of(judge);
    return judge;
  }

  @Override
  public void close() {
    opened.map(Judge::models).ifPresent(Perception::close);
  }
}
