package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.portrait.Identity;
import java.util.function.ToDoubleFunction;

/**
 * What of a person is more or less, not this or that. Each is moved and scaled to about [-1, 1]
 * over all people.
 */
enum PersonMeasure {
  SKIN_RED(185, 75, person -> person.skin().red()),
  SKIN_GREEN(140, 85, person -> person.skin().green()),
  SKIN_BLUE(112, 85, person -> person.skin().blue()),
  WIDTH(0.98, 0.18, person -> person.build().width()),
  HEIGHT(1.01, 0.09, person -> person.build().height()),
  JAW(0.5, 0.5, person -> person.build().jaw()),
  NOSE_WIDTH(1.05, 0.35, person -> person.build().noseWidth()),
  NOSE(1, 0.2, person -> person.build().nose()),
  EYE_SPACING(1.01, 0.13, person -> person.eyes().spacing()),
  EYE_SIZE(1.025, 0.225, person -> person.eyes().size()),
  BROW_THICKNESS(6, 3, person -> person.brows().thickness()),
  BROW_SLOPE(0, 5, person -> person.brows().slope()),
  MOUTH_WIDTH(1, 0.25, person -> person.mouth().width()),
  LIPS(1.05, 0.45, person -> person.mouth().fullness()),
  LIP_REDNESS(0.5, 0.5, person -> person.mouth().redness());

  private final double middle;
  private final double halfRange;
  private final ToDoubleFunction<Identity> of;

  PersonMeasure(double middle, double halfRange, ToDoubleFunction<Identity> of) {
    this.middle = middle;
    this.halfRange = halfRange;
    this.of = of;
  }

  float of(Identity person) {
    return (float) ((of.applyAsDouble(person) - middle) / halfRange);
  }
}
