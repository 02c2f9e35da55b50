package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** A table of vectors, {@code [entries, width]}. */
public final class Embedding implements Layer {
  private final String name;
  private final Tensor table;
  private Optional<Tensor> learnt = Optional.empty();

  Embedding(String name, Tensor table) {
    this.name = name;
    this.table = table;
  }

  /** The rows of int64 ids {@code [..]}, as {@code [.., width]}. */
  public Tensor forward(Tensor ids) {
    long known = table.size(0);
    long[] all = ids.toLongs();
    return learnt.isPresent() && LongStream.of(all).anyMatch(id -> id >= known)
        ? both(all, ids.shape(), learnt.get())
        : Ops.embedding(table, ids);
  }

  /**
   * Continues the table with rows of their own, {@code [more, width]}, whose ids follow its last.
   * The table itself stays as it is; the layer does not own the rows.
   */
  public void extend(Tensor rows) {
    learnt = Optional.of(rows);
  }

  private Tensor both(long[] all, long[] shape, Tensor rows) {
    long known = table.size(0);
    var torch = table.torch();
    var isLearnt = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      isLearnt[i] = all[i] >= known ? 1 : 0;
    }
    var old = LongStream.of(all).map(id -> id < known ? id : 0).toArray();
    var fresh = LongStream.of(all).map(id -> Math.max(0, id - known)).toArray();
    var columns = Arrays.copyOf(shape, shape.length + 1);
    columns[shape.length] = 1;
    var share = torch.tensor(isLearnt, columns);
    var fromTable = Ops.embedding(table, torch.tensor(old, shape));
    var fromRows = Ops.embedding(rows, torch.tensor(fresh, shape));
    return fromTable.mul(share.mul(-1).add(1)).add(fromRows.mul(share));
  }

  /** The whole table. */
  public Tensor table() {
    return table;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return Map.of(name + ".weight", table);
  }
}
