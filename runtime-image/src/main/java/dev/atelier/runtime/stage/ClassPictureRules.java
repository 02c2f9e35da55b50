package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.photo.PhotoJudge;
import dev.atelier.runtime.photo.PhotoSettings;
import dev.atelier.runtime.photo.Verdict;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.PerceptionInput;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Judges pictures of the class by what intake asks of one photo: one face, lit, and nothing
 * indecent. Size, sharpness and poses are the base model's own, and people of a class may wear
 * sunglasses. The models are opened for the first picture: where all are kept from before, none is
 * judged.
 */
final class ClassPictureRules implements ClassPictureJudge {

  /**
   * Small pictures are enlarged to this: the face detector misses faces below 20 pixels, and its
   * time grows with the area.
   */
  private static final int EDGE = 128;

  private static final Set<Verdict> FINE = EnumSet.of(Verdict.Accepted, Verdict.Occluded);

  private final Stores stores;
  private final PerceptionInput input;
  private Optional<Judge> opened = Optional.empty();

  private record Judge(Perception models, PhotoJudge photos) {}

  ClassPictureRules(Stores stores, PerceptionInput input) {
    this.stores = stores;
    this.input = input;
  }

  @Override
  public Optional<Verdict> refusal(RgbImage picture) {
    var finding = judge().photos().judge(Resize.atLeast(picture, EDGE, Filter.BICUBIC));
    return Optional.of(finding.verdict()).filter(verdict -> !FINE.contains(verdict));
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
