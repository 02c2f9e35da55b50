package dev.atelier.runtime.stage;

import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.text.ClipStates;
import dev.atelier.runtime.text.PromptBatch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.CaptionTable;
import dev.atelier.runtime.train.Conditioning;
import dev.atelier.runtime.train.Networks;
import java.util.ArrayList;
import java.util.List;

/**
 * Captions as training needs them: as ids where a text encoder is trained, else as what the text
 * encoders make of them, once. Long captions are read in pieces, as long prompts are drawn.
 *
 * @param tokenizers one per text encoder
 */
record Captions(ModelFiles files, Torch torch, Networks networks, List<ClipTokenizer> tokenizers) {

  CaptionTable ids(List<String> texts) {
    try (Scope scope = Scope.open()) {
      var each = new ArrayList<Tensor>();
      for (int i = 0; i < tokenizers.size(); i++) {
        var states = new ClipStates(tokenizers.get(i), networks.texts().get(i));
        each.add(Scope.release(states.ids(texts)));
      }
      return new CaptionTable.Ids(new Conditioning.Tokens(each));
    }
  }

  CaptionTable encoded(List<String> texts) {
    try (Scope scope = Scope.open()) {
      var found =
          files
              .prompts(torch, tokenizers, networks.texts())
              .encode(PromptBatch.of(texts, List.of(), 0), false)
              .prompts();
      Scope.release(found.states());
      found.pooled().ifPresent(Scope::release);
      return new CaptionTable.Encoded(found);
    }
  }
}
