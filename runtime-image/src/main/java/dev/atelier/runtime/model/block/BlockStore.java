package dev.atelier.runtime.model.block;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the equal blocks of a deep network are between their uses: in memory, or in the weight
 * files, from which each is read when its turn comes. Both give the very same numbers.
 */
public sealed interface BlockStore<B> {

  /** How the blocks of a network are kept. */
  enum Residence {
    /** All in memory. */
    RESIDENT,
    /** One at a time, mapped from the files; for models that do not fit. */
    STREAMED
  }

  /** Makes block number {@code index} from the layers of the whole network. */
  @FunctionalInterface
  interface Recipe<B> {
    B block(Layers all, int index);
  }

  /** The block of that number; it stays until {@link #done}. */
  B open(int index);

  /** Gives up the block of that number until it is opened again. */
  void done(int index);

  /**
   * A store of so many blocks. Every weight of every block is asked for once, so that files that do
   * not fit fail here and not in the middle of the work.
   *
   * @param modules where blocks that stay are registered
   */
  static <B> BlockStore<B> of(
      Residence residence, Weights weights, Modules modules, int blocks, Recipe<B> recipe) {
    return of(residence, weights, modules, blocks, recipe, read -> {});
  }

  /**
   * As above.
   *
   * @param change is done to the layers of each block that does not stay, whenever it was read;
   *     what stays is the caller's to change
   */
  static <B> BlockStore<B> of(
      Residence residence,
      Weights weights,
      Modules modules,
      int blocks,
      Recipe<B> recipe,
      Consumer<Modules> change) {
    return switch (residence) {
      case RESIDENT -> Resident.of(weights, modules, blocks, recipe);
      case STREAMED -> Streamed.of(weights, blocks, recipe, change);
    };
  }

  /** All blocks in memory. */
  record Resident<B>(List<B> blocks) implements BlockStore<B> {
    static <B> Resident<B> of(Weights weights, Modules modules, int blocks, Recipe<B> recipe) {
      var all = new ArrayList<B>();
      for (int i = 0; i < blocks; i++) {
        all.add(recipe.block(Layers.of(weights, modules), i));
      }
      return new Resident<>(List.copyOf(all));
    }

    @Override
    public B open(int index) {
      return blocks.get(index);
    }

    @Override
    public void done(int index) {
      // it stays
    }
  }

  /** One block at a time. */
  final class Streamed<B> implements BlockStore<B> {
    private final Weights weights;
    private final Recipe<B> recipe;
    private final Consumer<Modules> change;
    private Modules current = new Modules();

    private Streamed(Weights weights, Recipe<B> recipe, Consumer<Modules> change) {
      this.weights = weights;
      this.recipe = recipe;
      this.change = change;
    }

    static <B> Streamed<B> of(
        Weights weights, int blocks, Recipe<B> recipe, Consumer<Modules> change) {
      var store = new Streamed<>(weights, recipe, change);
      for (int i = 0; i < blocks; i++) {
        store.open(i);
        store.done(i);
      }
      return store;
    }

    @Override
    public B open(int index) {
      current = new Modules();
      B block = recipe.block(Layers.of(weights, current), index);
      change.accept(current);
      return block;
    }

    @Override
    public void done(int index) {
      current.close();
    }
  }
}
