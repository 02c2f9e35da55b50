package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** CLIP tokenizers: the ids of every prompt in {@code ids.json}. */
final class TokenizerCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("tokenizers/clip_bpe");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) throws IOException {
    var tokenizer = ClipTokenizer.read(parityCase.folder());
    JsonNode prompts =
        new ObjectMapper().readTree(Files.readAllBytes(parityCase.folder().resolve("ids.json")));
    int length = tokenizer.length();
    var ids = new long[prompts.size() * length];
    var mask = new long[ids.length];
    for (int i = 0; i < prompts.size(); i++) {
      String prompt = prompts.get(i).path("prompt").asText();
      System.arraycopy(tokenizer.encode(prompt), 0, ids, i * length, length);
      int used = Math.min(length, tokenizer.tokens(prompt).size() + 2);
      java.util.Arrays.fill(mask, i * length, i * length + used, 1);
    }
    var outputs = new LinkedHashMap<String, Tensor>();
    outputs.put("input_ids_77", torch.tensor(ids, prompts.size(), length));
    outputs.put("attention_mask_77", torch.tensor(mask, prompts.size(), length));
    return outputs;
  }
}
