package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.atelier.runtime.evaluate.Interval;
import dev.atelier.runtime.evaluate.Reading;
import dev.atelier.runtime.gallery.Report;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparedReadingTest {

  private static final Interval INTERVAL = new Interval(0.5, 0.7, 0.95);

  @Test
  void intervalAndModelOfANumberReachTheReport() {
    var row = row(clip(0.6, "clip 12ab"), Optional.of(clip(0.4, "clip 12ab")), Optional.empty());

    assertThat(row.value()).isEqualTo(0.6);
    assertThat(row.interval()).isEqualTo(INTERVAL);
    assertThat(row.model()).isEqualTo("clip 12ab");
    assertThat(row.baseline()).isEqualTo(0.4);
    assertThat(row.baselineInterval()).isEqualTo(INTERVAL);
    assertThat(row.difference()).isCloseTo(0.2, offset(1e-12));
    assertThat(row.notCompared()).isNull();
  }

  @Test
  void aNumberOfAnotherModelIsLeftOutWithTheNamesOfBoth() {
    var row =
        row(
            clip(0.6, "clip 12ab"),
            Optional.of(clip(0.4, "clip 34cd")),
            Optional.of(clip(0.9, "clip 12ab")));

    assertThat(row.value()).isEqualTo(0.6);
    assertThat(row.baseline()).isNull();
    assertThat(row.difference()).isNull();
    assertThat(row.photos()).isEqualTo(0.9);
    assertThat(row.notCompared())
        .isEqualTo(
            "the base model's number is left out: ClipImage was measured with 'clip 12ab' and with 'clip 34cd'; measure both with one model");
  }

  @Test
  void whatWasNotMeasuredSaysWhyAndHasNothingBesideIt() {
    var row =
        row(
            new Reading.NotMeasured("ClipImage", "set spec.perception.clip"),
            Optional.of(clip(0.4, "clip 34cd")),
            Optional.empty());

    assertThat(row.value()).isNull();
    assertThat(row.baseline()).isNull();
    assertThat(row.explanation()).isEqualTo("set spec.perception.clip");
  }

  private static Report.Metric row(
      Reading own, Optional<Reading> baseline, Optional<Reading> photos) {
    return new ComparedReading(own, baseline, photos).row();
  }

  private static Reading clip(double value, String model) {
    return new Reading.Measured("ClipImage", value, "cosine", model, Optional.of(INTERVAL));
  }
}
