package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adapter files in every form that the folder holds, beside the weights, at a lower strength, and
 * fused. All forms describe the same change, so each is compared as {@code lora} in turn.
 */
final class LoraFileCase implements CaseRunner {
  private static final List<String> FILES =
      List.of(
          "pytorch_lora_weights.safetensors",
          "saved_by_diffusers/pytorch_lora_weights.safetensors",
          "kohya.safetensors");

  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("files/lora");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var outputs = new LinkedHashMap<String, Tensor>();
    var expected = parityCase.outputs(torch);
    try (var models = new Models(torch, parityCase)) {
      models.forward("base", outputs);
      for (String file : FILES) {
        try (var lora = LoraFile.read(torch, parityCase.folder().resolve(file), models.targets)) {
          lora.attach(models.targets, 1);
          models.compare("lora", file, outputs, expected, parityCase);
          models.detach();
          lora.attach(models.targets, 0.7);
          models.compare("scale0.7", file, outputs, expected, parityCase);
          models.detach();
          lora.fuse(models.targets, 1);
          models.compare("fused", file, outputs, expected, parityCase);
          lora.fuse(models.targets, -1);
        }
      }
    }
    return outputs;
  }

  private static final class Models implements AutoCloseable {
    private final UNet2DConditionModel unet;
    private final ClipTextModel text;
    private final LoraTargets targets;
    private final Map<String, Tensor> inputs;

    Models(Torch torch, ParityCase parityCase) {
      Path base = parityCase.base();
      unet = UNet2DConditionModel.load(torch, base.resolve("unet"), Storage.COPIED);
      text = ClipTextModel.load(torch, base.resolve("text_encoder"), Storage.COPIED);
      targets = new LoraTargets(unet, List.of(text));
      inputs = parityCase.inputs(torch);
    }

    void forward(String set, Map<String, Tensor> outputs) {
      outputs.put(
          set + ".unet",
          unet.forward(
              UNetCase.required(inputs, "sample"),
              UNetCase.required(inputs, "timestep"),
              UNetCase.required(inputs, "encoder_hidden_states")));
      outputs.put(set + ".text", text.forward(UNetCase.required(inputs, "input_ids")).last());
    }

    /** Fails on the first file that is wrong, so that a later right one does not hide it. */
    void compare(
        String set,
        String file,
        Map<String, Tensor> outputs,
        Map<String, Tensor> expected,
        ParityCase parityCase) {
      forward(set, outputs);
      var own = new LinkedHashMap<>(expected);
      own.keySet().removeIf(name -> !name.startsWith(set + "."));
      Verdict verdict = Comparison.compare(parityCase, outputs, own);
      if (verdict.outcome() == Verdict.Outcome.FAIL) {
        throw new IllegalStateException(file + ": " + verdict.reason());
      }
    }

    void detach() {
      unet.modules().adaptable().forEach(layer -> layer.removeAdapters());
      text.modules().adaptable().forEach(layer -> layer.removeAdapters());
    }

    @Override
    public void close() {
      unet.close();
      text.close();
    }
  }
}
