package dev.atelier.runtime.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a training photo is said to show: "photo of a sks woman", or the text in {@code NAME.txt}
 * beside the photo. In such a text {@code {subject}} stands for token and class noun; without it
 * the class noun becomes both, and a text that names neither is put behind them. Everything that a
 * text names (clothes, place) stays out of what the token learns.
 *
 * @param token the rare word that names the person
 * @param className what kind of thing the person is for the base model
 */
public record Captions(String token, String className) {

  /** Token and class noun: "sks woman". */
  public String subject() {
    return token + " " + className;
  }

  /**
   * The caption of a photo.
   *
   * @throws IOException if the text beside the photo cannot be read
   */
  public String of(Path photo) throws IOException {
    var text = beside(photo);
    return text.isPresent() ? named(text.get()) : "photo of a " + subject();
  }

  /** The same for any person of the class: the prompt of prior preservation. */
  public String ofTheClass() {
    return "photo of a " + className;
  }

  private String named(String text) {
    if (text.contains("{subject}")) {
      return text.replace("{subject}", subject());
    }
    if (word(token).matcher(text).find()) {
      return text;
    }
    var noun = word(className).matcher(text);
    return noun.find()
        ? noun.replaceFirst(Matcher.quoteReplacement(subject()))
        : "photo of a " + subject() + ", " + text;
  }

  /** The word by itself, not as a part of another one. */
  private static Pattern word(String word) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static Optional<String> beside(Path photo) throws IOException {
    var name = String.valueOf(photo.getFileName());
    int dot = name.lastIndexOf('.');
    var sidecar = photo.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".txt");
    if (!Files.isRegularFile(sidecar)) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(sidecar).strip()).filter(text -> !text.isEmpty());
  }
}
