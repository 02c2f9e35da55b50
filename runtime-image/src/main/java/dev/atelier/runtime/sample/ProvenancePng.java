package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.stage.SamplerInput;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PNG files that say where they come from: prompt, seed, sampler and the given provenance as texts,
 * the same once more in the line that image tools read ({@code parameters}), and XMP that marks
 * them as made by a model.
 */
public final class ProvenancePng implements PictureEncoder {

  private final SamplerInput sampler;
  private final Map<String, String> provenance;

  /**
   * @param provenance entries such as the base model's digest and licence; the same for all
   *     pictures, and without anything that changes between attempts
   */
  public ProvenancePng(SamplerInput sampler, Map<String, String> provenance) {
    this.sampler = sampler;
    this.provenance = new LinkedHashMap<>(provenance);
  }

  @Override
  public byte[] png(PlannedPicture planned, RgbImage picture) {
    var texts = new LinkedHashMap<>(provenance);
    texts.put("XML:com.adobe.xmp", Xmp.packet(planned.text(), software()));
    texts.put("parameters", parameters(planned));
    texts.put("prompt", planned.text());
    if (!planned.negative().isEmpty()) {
      texts.put("negativePrompt", planned.negative());
    }
    texts.put("seed", String.valueOf(planned.seed()));
    texts.put("sampler", sampler());
    return PngFile.of(picture, texts);
  }

  /** The form of AUTOMATIC1111's web UI, which viewers and libraries of prompts understand. */
  private String parameters(PlannedPicture planned) {
    return "%s%s\nSteps: %d, Sampler: %s, CFG scale: %s, Seed: %d, Size: %dx%d%s"
        .formatted(
            planned.text(),
            planned.negative().isEmpty() ? "" : "\nNegative prompt: " + planned.negative(),
            sampler.steps(),
            sampler.scheduler(),
            sampler.guidanceScale(),
            planned.seed(),
            sampler.width(),
            sampler.height(),
            // Web UIs count the layer that is used, not those that are left out.
            sampler.clipSkip() == 0 ? "" : ", Clip skip: " + (sampler.clipSkip() + 1));
  }

  private String sampler() {
    return "%s, %d steps, %s".formatted(sampler.scheduler(), sampler.steps(), sampler.guidance());
  }

  private String software() {
    return provenance.getOrDefault("code", "atelier");
  }
}
