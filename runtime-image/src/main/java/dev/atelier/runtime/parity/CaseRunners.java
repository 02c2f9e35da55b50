package dev.atelier.runtime.parity;

import java.util.List;

/** Every kind of case that is built. */
final class CaseRunners {
  private CaseRunners() {}

  static List<CaseRunner> all() {
    return List.of(
        new UNetCase(),
        new ClipTextCase(),
        new AutoencoderCase(),
        new TokenizerCase(),
        new NoiseTableCase(),
        new SchedulerCase(),
        new TrainingCase(),
        new TrainingRuleCase(),
        new MetricCase(),
        new PictureMetricCase(),
        new VisionCase());
  }
}
