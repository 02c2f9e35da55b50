package dev.atelier.runtime.sample;

import dev.atelier.stage.SamplerInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the files of clips say about themselves: prompt, seed, sampler, how the size came about, and
 * where the model comes from, in the texts that players show; and XMP that marks them as made by a
 * model.
 */
public final class ClipProvenance {

  private final SamplerInput sampler;
  private final int frames;
  private final int framesPerSecond;
  private final String delivery;
  private final Map<String, String> provenance;

  /**
   * @param delivery how frames come to their size
   * @param provenance entries such as the base model's digest and licence; the same for all clips,
   *     and without anything that changes between attempts
   */
  public ClipProvenance(
      SamplerInput sampler,
      int frames,
      int framesPerSecond,
      String delivery,
      Map<String, String> provenance) {
    this.sampler = sampler;
    this.frames = frames;
    this.framesPerSecond = framesPerSecond;
    this.delivery = delivery;
    this.provenance = new LinkedHashMap<>(provenance);
  }

  int framesPerSecond() {
    return framesPerSecond;
  }

  /** Texts under the names that MP4 has. */
  Map<String, String> texts(PlannedPicture planned) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("title", planned.text());
    texts.put(
        "comment",
        new Infotext(planned, sampler, sampler.sampling())
            .with("Frames", "%d at %d per second".formatted(frames, framesPerSecond))
            .with("Size", delivery)
            .toString());
    texts.put(
        "description",
        provenance.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("\n")));
    return texts;
  }

  String xmp(PlannedPicture planned) {
    return Xmp.packet(planned.text(), provenance.getOrDefault("code", "atelier"));
  }
}
