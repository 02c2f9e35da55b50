package dev.atelier.runtime.train;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The forms in which adapters are saved, as the API names them. */
public enum LoraForm {
  /** One file, for {@code load_lora_weights} of diffusers and for this runtime. */
  Diffusers("pytorch_lora_weights.safetensors"),
  /** A folder for each network, for {@code PeftModel.from_pretrained}. */
  Peft("peft"),
  /** One file as sd-scripts writes it, for ComfyUI, AUTOMATIC1111 and others. */
  Kohya("kohya_lora_weights.safetensors");

  private final String place;

  LoraForm(String place) {
    this.place = place;
  }

  /** The file or folder of adapters in this form. */
  public String place() {
    return place;
  }

  /** Every form that the API's list names. */
  public static Set<LoraForm> of(List<String> names) {
    var forms = EnumSet.noneOf(LoraForm.class);
    names.forEach(name -> forms.add(LoraForm.valueOf(name)));
    return forms;
  }
}
