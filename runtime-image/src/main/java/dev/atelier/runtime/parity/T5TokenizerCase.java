package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.StreamSupport;

/** SentencePiece tokenizers: the ids of every prompt in {@code ids.json}. */
final class T5TokenizerCase implements CaseRunner {
  private static final int LENGTH = 32;

  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("tokenizers/") && parityCase.name().endsWith("t5_spm");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) throws IOException {
    JsonNode prompts =
        new ObjectMapper().readTree(Files.readAllBytes(parityCase.folder().resolve("ids.json")));
    var ids = new long[prompts.size() * LENGTH];
    var mask = new long[ids.length];
    try (var tokenizer = T5Tokenizer.read(parityCase.folder())) {
      for (int i = 0; i < prompts.size(); i++) {
        JsonNode prompt = prompts.get(i);
        requireIds(prompt, tokenizer.tokens(prompt.path("prompt").asText()));
        var encoded = tokenizer.encode(prompt.path("prompt").asText(), LENGTH);
        System.arraycopy(encoded.ids(), 0, ids, i * LENGTH, LENGTH);
        Arrays.fill(mask, i * LENGTH, i * LENGTH + encoded.used(), 1);
      }
    }
    return Map.of(
        "cleaned_ids_32", torch.tensor(ids, prompts.size(), LENGTH),
        "cleaned_mask_32", torch.tensor(mask, prompts.size(), LENGTH));
  }

  private static void requireIds(JsonNode prompt, long[] found) {
    var expected =
        StreamSupport.stream(prompt.path("ids").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray();
    if (!Arrays.equals(found, expected)) {
      throw new IllegalArgumentException(
          "%s gives %s instead of %s"
              .formatted(prompt.path("prompt"), Arrays.toString(found), Arrays.toString(expected)));
    }
  }
}
