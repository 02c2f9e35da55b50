package dev.atelier.runtime.model.lora;

import java.util.List;

/** The networks of a pipeline that take adapters. */
public enum LoraNetwork {
  UNET("unet", List.of("lora_unet_")),
  TEXT_ENCODER("text_encoder", List.of("lora_te_", "lora_te1_")),
  TEXT_ENCODER_2("text_encoder_2", List.of("lora_te2_")),
  /** The denoiser of a video model. */
  TRANSFORMER("transformer", List.of());

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

  /** What the first factor is called in diffusers' files. */
  String down() {
    return switch (this) {
      case UNET -> ".lora.down.weight";
      case TEXT_ENCODER, TEXT_ENCODER_2 -> ".lora_linear_layer.down.weight";
      case TRANSFORMER -> ".lora_A.weight";
    };
  }

  /** What the second factor is called. */
  String up() {
    return switch (this) {
      case UNET -> ".lora.up.weight";
      case TEXT_ENCODER, TEXT_ENCODER_2 -> ".lora_linear_layer.up.weight";
      case TRANSFORMER -> ".lora_B.weight";
    };
  }

  /** What names of kohya's files start with; older files know only one text encoder. */
  List<String> kohyaPrefixes() {
    return kohyaPrefixes;
  }
}
