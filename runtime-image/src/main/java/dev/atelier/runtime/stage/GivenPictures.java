package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.DecodeLimits;
import dev.atelier.runtime.photo.Decoded;
import dev.atelier.runtime.photo.PhotoDecoder;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.video.FrameFit;
import dev.atelier.stage.PromptInput.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pictures that are begun with instead of noise: one for each prompt, named like it, or a single
 * one for all.
 *
 * @param field of the resource that names them, for messages
 * @param byStem files by the name that prompts give to files
 * @param sha256 digest of the folder
 */
record GivenPictures(String field, Map<String, Path> byStem, String sha256) {

  private static final String PICTURES = ".*\\.(jpe?g|png|webp)";

  GivenPictures {
    byStem = Map.copyOf(byStem);
  }

  /** The pictures of a folder. */
  static GivenPictures of(String field, Path folder) {
    var found = new TreeMap<String, Path>();
    try (var files = Files.list(folder)) {
      files
          .filter(file -> name(file).toLowerCase(Locale.ROOT).matches(PICTURES))
          .sorted()
          .forEach(file -> found.put(stem(file), file));
      if (found.isEmpty()) {
        throw new StageFailure.BadInput(
            "%s: there is no JPEG, PNG or WebP file in %s".formatted(field, folder));
      }
      return new GivenPictures(field, found, Digests.ofFolder(folder));
    } catch (IOException e) {
      throw new StageFailure.StorageUnavailable(
          "cannot read the pictures of %s in %s: %s".formatted(field, folder, e.getMessage()), e);
    }
  }

  /** Whether every prompt begins with the same picture. */
  boolean isOne() {
    return byStem.size() == 1;
  }

  /**
   * The picture that a prompt begins with, cut and resized to the size that the model makes.
   *
   * @param prompt its name for files
   */
  RgbImage of(String prompt, int width, int height) {
    var file = isOne() ? byStem.values().iterator().next() : byStem.get(prompt);
    if (file == null) {
      throw new StageFailure.BadInput(
          "%s has no picture for the prompt '%s': name one %s.png, or leave a single picture for all prompts; there are %s"
              .formatted(field, prompt, prompt, byStem.keySet().stream().sorted().toList()));
    }
    if (new PhotoDecoder(DecodeLimits.defaults()).decode(file) instanceof Decoded.Picture decoded) {
      var image = decoded.image();
      return new FrameFit(image.width(), image.height(), 1, width, height).fit(image);
    }
    throw new StageFailure.BadInput(
        "%s: %s cannot be read as a picture; export it anew as JPEG or PNG"
            .formatted(field, name(file)));
  }

  private static String stem(Path file) {
    var name = name(file);
    return Prompts.fileName(new Prompt(name.substring(0, name.lastIndexOf('.')), "", ""));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
