package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.stage.SamplerInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * PNG files that say where they come from: prompt, seed, sampler and the given provenance as texts,
 * the same once more in the line that image tools read ({@code parameters}), and XMP that marks
 * them as made by a model.
 */
public final class ProvenancePng implements PictureEncoder {

  private final SamplerInput sampler;
  private final OptionalDouble strength;
  private final Map<String, String> provenance;

  /**
   * @param strength share of the steps that are run, where a picture is given to begin with
   * @param provenance entries such as the base model's digest and licence; the same for all
   *     pictures, and without anything that changes between attempts
   */
  public ProvenancePng(
      SamplerInput sampler, OptionalDouble strength, Map<String, String> provenance) {
    this.sampler = sampler;
    this.strength = strength;
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

  private String parameters(PlannedPicture planned) {
    var text =
        new Infotext(planned, sampler, sampler.scheduler())
            .with("Size", "%dx%d".formatted(sampler.width(), sampler.height()));
    if (sampler.clipSkip() > 0) {
      // Web UIs count the layer that is used, not those that are left out.
      text.with("Clip skip", sampler.clipSkip() + 1);
    }
    strength.ifPresent(share -> text.with("Denoising strength", share));
    return text.toString();
  }

  private String sampler() {
    return "%s, %d steps, %s".formatted(sampler.scheduler(), sampler.steps(), sampler.guidance());
  }

  private String software() {
    return provenance.getOrDefault("code", "atelier");
  }
}
