package dev.atelier.runtime.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small SentencePiece vocabulary (a Unigram model, Kudo 2018) in which every given word is one
 * token and any other is spelled. Written as transformers' T5TokenizerFast writes it, which needs
 * no {@code spiece.model}.
 */
public final class UnigramVocabulary {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPACE = "\u2581";
  private static final String END = "</s>";
  private static final int END_ID = 1;
  private static final List<String> SPECIAL = List.of("<pad>", END, "<s>", "<unk>");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,;:!?'-";

  /** Logarithms of probabilities: a word is always likelier than its letters together. */
  private static final double WORD = -4;

  private static final double LETTER = -10;

  private UnigramVocabulary() {}

  /**
   * Writes the files of a pipeline's {@code tokenizer} folder.
   *
   * @param longest tokens that the model reads of a text
   * @return the number of tokens
   */
  public static int write(List<String> words, int longest, Path folder) throws IOException {
    var tokens = new ArrayList<>(SPECIAL);
    words.forEach(word -> tokens.add(SPACE + word));
    int letters = tokens.size();
    tokens.add(SPACE);
    LETTERS.chars().forEach(letter -> tokens.add(Character.toString(letter)));
    Files.createDirectories(folder);
    write(folder, "tokenizer.json", tokenizer(tokens, letters));
    write(folder, "tokenizer_config.json", config(longest));
    return tokens.size();
  }

  private static ObjectNode tokenizer(List<String> tokens, int letters) {
    var json = JSON.createObjectNode().put("version", "1.0");
    json.putNull("truncation").putNull("padding");
    var added = json.putArray("added_tokens");
    for (int id = 0; id < SPECIAL.size(); id++) {
      added.add(special(SPECIAL.get(id)).put("id", id));
    }
    normalizer(json.putObject("normalizer").put("type", "Sequence").putArray("normalizers"));
    json.set("pre_tokenizer", metaspace());
    endToken(json.putObject("post_processor"));
    json.set("decoder", metaspace());
    var model = json.putObject("model").put("type", "Unigram");
    model.put("unk_id", SPECIAL.indexOf("<unk>")).put("byte_fallback", false);
    var vocabulary = model.putArray("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      double score = id < SPECIAL.size() ? 0 : id < letters ? WORD : LETTER;
      vocabulary.addArray().add(tokens.get(id)).add(score);
    }
    return json;
  }

  private static void normalizer(ArrayNode steps) {
    steps.addObject().put("type", "Lowercase");
    steps.addObject().put("type", "Strip").put("strip_left", true).put("strip_right", true);
    var spaces = steps.addObject().put("type", "Replace").put("content", " ");
    spaces.putObject("pattern").put("Regex", " {2,}");
  }

  private static ObjectNode metaspace() {
    return JSON.createObjectNode()
        .put("type", "Metaspace")
        .put("replacement", SPACE)
        .put("prepend_scheme", "always")
        .put("split", true);
  }

  private static void endToken(ObjectNode processor) {
    processor.put("type", "TemplateProcessing");
    part(processor.putArray("single"), "A");
    part(part(processor.putArray("pair"), "A"), "B");
    var end = processor.putObject("special_tokens").putObject(END).put("id", END);
    end.putArray("ids").add(END_ID);
    end.putArray("tokens").add(END);
  }

  private static ArrayNode part(ArrayNode template, String which) {
    template.addObject().putObject("Sequence").put("id", which).put("type_id", 0);
    template.addObject().putObject("SpecialToken").put("id", END).put("type_id", 0);
    return template;
  }

  private static ObjectNode config(int longest) {
    var json = JSON.createObjectNode().put("tokenizer_class", "T5Tokenizer");
    json.put("model_max_length", longest).put("extra_ids", 0);
    json.put("pad_token", "<pad>").put("eos_token", END).put("unk_token", "<unk>");
    json.put("clean_up_tokenization_spaces", false);
    var added = json.putObject("added_tokens_decoder");
    for (int id = 0; id < SPECIAL.size(); id++) {
      added.set(Integer.toString(id), special(SPECIAL.get(id)));
    }
    return json;
  }

  private static ObjectNode special(String token) {
    return JSON.createObjectNode()
        .put("content", token)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static void write(Path folder, String name, ObjectNode json) throws IOException {
    Files.write(
        folder.resolve(name), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }
}
