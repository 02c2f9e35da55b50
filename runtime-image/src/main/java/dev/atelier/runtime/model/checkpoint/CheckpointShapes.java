package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.WeightsException;
import java.util.regex.Pattern;

/** What the names and shapes of a file's tensors say about the model in it. */
final class CheckpointShapes {
  private final SafeTensorsFile file;

  CheckpointShapes(SafeTensorsFile file) {
    this.file = file;
  }

  boolean has(String name) {
    return file.names().contains(name);
  }

  boolean hasPrefix(String prefix) {
    return file.names().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** One dimension of a tensor, as a number of channels or positions. */
  int size(String name, int dimension) {
    long[] shape = shape(name);
    if (dimension >= shape.length) {
      throw new WeightsException(
          "%s: tensor %s has %d dimensions; dimension %d says what model this is."
              .formatted(file.path(), name, shape.length, dimension));
    }
    return Math.toIntExact(shape[dimension]);
  }

  int dimensions(String name) {
    return shape(name).length;
  }

  /** How many different numbers stand at the {@code #} of a name's beginning. */
  int count(String numbered) {
    var pattern =
        Pattern.compile("^" + Pattern.quote(numbered).replace("#", "\\E(\\d+)\\Q") + ".*");
    return (int)
        file.names().stream()
            .map(pattern::matcher)
            .filter(java.util.regex.Matcher::matches)
            .map(matcher -> matcher.group(1))
            .distinct()
            .count();
  }

  private long[] shape(String name) {
    if (!has(name)) {
      throw new WeightsException(
          "%s lacks tensor %s, which says what model this is; only checkpoints of Stable Diffusion"
                  .formatted(file.path(), name)
              + " 1, 2 and XL with their original names are read from one file.");
    }
    return file.shape(name);
  }
}
