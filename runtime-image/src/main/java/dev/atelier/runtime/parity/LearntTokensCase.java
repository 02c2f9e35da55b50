package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.pipeline.LearntTokens;
import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files of learnt tokens in every form, taught one after the other; ids and states of prompts. */
final class LearntTokensCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("files/textual_inversion");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var folder = parityCase.folder();
    var base = parityCase.base();
    try (var text = ClipTextModel.load(torch, base.resolve("text_encoder"), Storage.MAPPED);
        var tokens =
            LearntTokens.join(
                List.of(
                    LearntTokens.read(torch, folder.resolve("learned_embeds.safetensors")),
                    LearntTokens.read(torch, folder.resolve("learned_embeds_3vec.safetensors")),
                    LearntTokens.read(torch, folder.resolve("a1111.safetensors"), "<a11>")))) {
      var tokenizer = tokens.teach(ClipTokenizer.read(base.resolve("tokenizer")), text);
      var encoder = new PromptEncoder(torch, tokenizer, text);
      var outputs = new LinkedHashMap<String, Tensor>();
      int number = 0;
      for (var prompt : parityCase.json().path("prompts")) {
        var prompts = List.of(prompt.path("prompt").asText());
        outputs.put("ids" + number, encoder.ids(prompts));
        outputs.put("prompt_embeds" + number, encoder.encode(prompts));
        number++;
      }
      return outputs;
    }
  }
}
