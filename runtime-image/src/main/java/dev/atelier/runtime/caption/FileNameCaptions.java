package dev.atelier.runtime.caption;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The words of a file name: {@code red_ball-rolls_left_0042.mp4} shows a "red ball rolls left".
 * What cameras call their files ({@code IMG_0042}, {@code VID-20260101-WA0003}) says nothing.
 */
public final class FileNameCaptions implements ClipCaptions {

  private static final int FEWEST_WORDS = 2;

  @Override
  public Optional<String> of(CaptionRequest clip) {
    var name = clip.file().key();
    name = name.substring(name.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    var words = words(dot > 0 ? name.substring(0, dot) : name);
    return words.size() >= FEWEST_WORDS ? Optional.of(String.join(" ", words)) : Optional.empty();
  }

  /** Without numbers at the end, and without what holds both letters and digits. */
  private static List<String> words(String stem) {
    var words =
        new ArrayList<>(
            Arrays.stream(stem.split("[^\\p{L}\\p{N}']+", -1))
                .filter(word -> !word.isEmpty())
                .filter(word -> !word.matches(".*\\p{L}.*") || !word.matches(".*\\p{N}.*"))
                .toList());
    while (!words.isEmpty() && words.get(words.size() - 1).matches("\\p{N}+")) {
      words.remove(words.size() - 1);
    }
    return words;
  }

  @Override
  public String protocol() {
    return "FileName";
  }
}
