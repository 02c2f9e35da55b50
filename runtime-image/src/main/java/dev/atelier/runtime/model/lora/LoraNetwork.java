package dev.atelier.runtime.model.lora;

import java.util.List;

/** The networks of a pipeline that take adapters. */
public enum LoraNetwork {
  UNET("unet", List.of("lora_unet_")),
  TEXT_ENCODER("text_encoder", List.of("lora_te_", "lora_te1_")),
  TEXT_ENCODER_2("text_encoder_2", List.of("lora_te2_"));

  private final String field;
  private final List<String> kohyaPrefixes;

  LoraNetwork(String field, List<String> kohyaPrefixes) {
    this.field = field;
    this.kohyaPrefixes = kohyaPrefixes;
  }

  /** Its name in a diffusers pipeline. */
  public String field() {
    return field;
  }

  /** What names of kohya's files start with; older files know only one text encoder. */
  List<String> kohyaPrefixes() {
    return kohyaPrefixes;
  }
}
