package dev.atelier.runtime.stage;

import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.pipeline.wan.VideoTexts;
import dev.atelier.runtime.pipeline.wan.WanPipeline;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the text encoder makes of prompts, kept for all their clips: the encoder is the largest part
 * of the model, and is read once.
 */
final class PromptTexts implements AutoCloseable {

  private final WanPipeline pipeline;
  private final Asking asking;
  private final Map<Words, VideoTexts> known = new HashMap<>();

  PromptTexts(WanPipeline pipeline, Asking asking) {
    this.pipeline = pipeline;
    this.asking = asking;
  }

  /** How the pipeline is asked for clips. */
  interface Asking {
    TextToVideo clips(List<String> prompts, List<String> negatives);
  }

  private record Words(String text, String negative) {

    static Words of(PlannedPicture clip) {
      return new Words(clip.text(), clip.negative());
    }
  }

  /** Reads the prompts of these clips. */
  void read(List<PlannedPicture> clips) {
    var missing =
        clips.stream().map(Words::of).distinct().filter(one -> !known.containsKey(one)).toList();
    if (missing.isEmpty()) {
      return;
    }
    try (Scope scope = Scope.open()) {
      var texts =
          pipeline.encode(
              asking.clips(
                  missing.stream().map(Words::text).toList(),
                  missing.stream().map(Words::negative).toList()));
      for (int i = 0; i < missing.size(); i++) {
        known.put(
            missing.get(i), new VideoTexts(row(texts.prompts(), i), row(texts.negatives(), i)));
      }
    }
  }

  /** What was read of a clip's prompts. */
  VideoTexts of(PlannedPicture clip) {
    read(List.of(clip));
    return Objects.requireNonNull(known.get(Words.of(clip)));
  }

  private static Tensor row(Tensor rows, int index) {
    return Scope.release(rows.narrow(0, index, 1).copy());
  }

  @Override
  public void close() {
    known
        .values()
        .forEach(
            texts -> {
              texts.prompts().close();
              texts.negatives().close();
            });
    known.clear();
  }
}
