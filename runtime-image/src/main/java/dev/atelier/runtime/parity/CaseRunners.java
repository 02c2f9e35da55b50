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
        new LoraFileCase(),
        new ShardedUNetCase(),
        new SchedulerCase(),
        new TrainingCase(),
        new TrainingRuleCase(),
        new MovingAverageCase(),
        new TextualInversionCase(),
        new LearntTokensCase(),
        new PipelineCase(),
        new XlPipelineCase(),
        new MetricCase(),
        new PictureMetricCase(),
        new VisionCase(),
        new UpscalerCase(),
        new T5Case(),
        new T5TokenizerCase(),
        new WanTransformerCase(),
        new WanAutoencoderCase(),
        new WanPipelineCase(),
        new FlowTrainingCase());
  }
}
