package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of a pipeline that is trained together with others.
 *
 * @param name of its folder, and before a dot of its weights where they stand among others
 * @param stem of its weights' file
 */
record ModelPart(String name, String stem) {

  /** What stands before the names of its weights. */
  String prefix() {
    return name + ".";
  }

  /** Its folder in that of the pipeline. */
  Path in(Path model) {
    return model.resolve(name);
  }

  /** Writes its share of all weights into the folder of the pipeline. */
  void write(Path model, Map<String, Tensor> all) {
    var own = new TreeMap<String, Tensor>();
    all.forEach(
        (weight, value) -> {
          if (weight.startsWith(prefix())) {
            own.put(weight.substring(prefix().length()), value);
          }
        });
    new WeightFile(in(model), stem).write(own);
  }
}
