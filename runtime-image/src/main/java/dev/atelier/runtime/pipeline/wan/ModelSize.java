package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.StoredWeights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a stored model is in memory.
 *
 * @param all bytes of all weights
 * @param blocks bytes of the weights that belong to one of the equal blocks
 * @param block bytes of the largest block
 * @param table bytes of the table of token vectors
 */
record ModelSize(long all, long blocks, long block, long table) {
  private static final Pattern BLOCK = Pattern.compile("(?:^|\\.)blocks?\\.(\\d+)\\.");

  /** Of a model whose values are float32 in memory. */
  static ModelSize of(Path folder, String stem) {
    return of(folder, stem, DType.FLOAT32);
  }

  static ModelSize of(Path folder, String stem, DType held) {
    long all = 0;
    long table = 0;
    Map<String, Long> blocks = new HashMap<>();
    for (Map.Entry<String, Long> tensor : StoredWeights.counts(folder, stem).entrySet()) {
      long bytes = tensor.getValue() * held.bytes();
      all += bytes;
      table += tensor.getKey().equals("shared.weight") ? bytes : 0;
      Matcher block = BLOCK.matcher(tensor.getKey());
      if (block.find()) {
        blocks.merge(block.group(1), bytes, Long::sum);
      }
    }
    long inBlocks = blocks.values().stream().mapToLong(Long::longValue).sum();
    long largest = blocks.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new ModelSize(all, inBlocks, largest, table);
  }

  /** Bytes in memory while the blocks come from the files one by one. */
  long streamed() {
    return all - blocks - table + block;
  }
}
