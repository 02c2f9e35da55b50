package dev.atelier.runtime.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.config.ConfigFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The {@code model_index.json} of a diffusers folder: which library's class opens which part. */
record PipelineIndex(ObjectNode json) {

  static final String NAME = "model_index.json";
  static final String PLAIN = "StableDiffusionPipeline";
  static final String XL = "StableDiffusionXLPipeline";

  /** Families as the API names them, by pipeline. */
  static final Map<String, String> FAMILIES =
      Map.of(PLAIN, "StableDiffusion", XL, "StableDiffusionXL");

  private static final String SAFETY_CHECKER = "safety_checker";
  private static final List<String> OTHERS =
      List.of("feature_extractor", "image_encoder", SAFETY_CHECKER);
  private static final List<String> NO_PART = Collections.nCopies(2, null);

  /** The pipeline of a model with one text encoder, or with the two of XL. */
  static String pipeline(boolean xl) {
    return xl ? XL : PLAIN;
  }

  /** That of a model with these text encoders and an AutoencoderKL. */
  static PipelineIndex of(List<ClipTextConfig> texts, String scheduler) {
    boolean xl = texts.size() > 1;
    var index = ConfigFolder.diffusers(pipeline(xl));
    part(index, ModelParts.SCHEDULER, "diffusers", scheduler);
    part(index, ModelParts.UNET, "diffusers", "UNet2DConditionModel");
    part(index, ModelParts.AUTOENCODER, "diffusers", "AutoencoderKL");
    for (int i = 0; i < texts.size(); i++) {
      var kind = texts.get(i).architecture();
      part(index, ModelParts.numbered(ModelParts.TEXT, i), "transformers", kind);
      var tokenizer = ModelParts.numbered(ModelParts.TOKENIZER, i);
      part(index, tokenizer, "transformers", "CLIPTokenizer");
    }
    OTHERS.stream()
        .filter(other -> !xl || !other.equals(SAFETY_CHECKER))
        .forEach(other -> ConfigFolder.put(index, other, NO_PART));
    if (xl) {
      index.put("force_zeros_for_empty_prompt", true);
    }
    return new PipelineIndex(index).safe();
  }

  /** The same index without other parts than these. */
  PipelineIndex only(List<String> parts) {
    var index = json.deepCopy();
    var names = new ArrayList<String>();
    json.fieldNames().forEachRemaining(names::add);
    names.stream()
        .filter(name -> json.get(name).isArray() && !parts.contains(name))
        .forEach(name -> ConfigFolder.put(index, name, NO_PART));
    return new PipelineIndex(index).safe();
  }

  /** Without a checker in the folder none is asked for: diffusers would warn of it each time. */
  private PipelineIndex safe() {
    if (json.has(SAFETY_CHECKER)) {
      json.put("requires_safety_checker", false);
    }
    return this;
  }

  private static void part(ObjectNode index, String name, String library, String kind) {
    ConfigFolder.put(index, name, List.of(library, kind));
  }
}
