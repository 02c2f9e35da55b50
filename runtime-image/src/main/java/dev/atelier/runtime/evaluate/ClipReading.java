package dev.atelier.runtime.evaluate;

import java.util.Optional;

/**
 * What was read of one clip; its frames are not kept.
 *
 * @param frames how many there were
 * @param changes absent for clips of fewer than three frames
 * @param clip CLIP's view of every frame
 * @param text CLIP's view of the prompt, one row
 * @param dino DINO's view of every frame
 * @param inception the FID network's view of every frame
 * @param video the view of a network that reads whole clips, one row; absent for clips too short
 */
public record ClipReading(
    int frames,
    Optional<FrameChanges> changes,
    Optional<Features> clip,
    Optional<Features> text,
    Optional<Features> dino,
    Optional<InceptionReader.Seen> inception,
    Optional<Features> video) {

  /** Mean cosine of the frames and the prompt: CLIPSIM (Wu et al. 2021). */
  public Optional<Double> promptSimilarity() {
    return clip.map(
        frames -> {
          double sum = 0;
          for (int i = 0; i < frames.count(); i++) {
            sum += frames.cosine(i, text.orElseThrow(), 0);
          }
          return sum / frames.count();
        });
  }

  /** Mean cosine of neighbouring frames: by DINO, which tells single subjects apart, else CLIP. */
  public Optional<Double> consistency() {
    return dino.or(() -> clip)
        .filter(frames -> frames.count() > 1)
        .map(TemporalConsistency::ofNeighbours);
  }

  /** The model that {@link #consistency} is by. */
  String consistencyModel() {
    return dino.or(() -> clip).map(Features::model).orElse("");
  }
}
