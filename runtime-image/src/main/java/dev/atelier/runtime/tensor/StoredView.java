package dev.atelier.runtime.tensor;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Where a parameter lies in a file whose layout is not the model's own.
 *
 * @param name the stored tensor's name
 * @param form how the parameter is cut out of it
 */
public record StoredView(String name, Form form) {

  /** How a parameter relates to the stored tensor. */
  public enum Form {
    SAME,
    /** Rows are columns: a projection that was multiplied from the right. */
    TRANSPOSED,
    /** Without the trailing dimensions of length one: a 1x1 convolution that is a dense layer. */
    SQUEEZED,
    /** The first third of the rows: queries of a joint projection. */
    FIRST_THIRD,
    /** The second third of the rows: keys. */
    SECOND_THIRD,
    /** The last third of the rows: values. */
    LAST_THIRD
  }

  /** The stored tensor as it is. */
  public static StoredView same(String name) {
    return new StoredView(name, Form.SAME);
  }

  long[] shape(long... stored) {
    return switch (form) {
      case SAME -> stored;
      case TRANSPOSED -> LongStream.range(0, stored.length).map(i -> fromEnd(stored, i)).toArray();
      case SQUEEZED -> Arrays.copyOf(stored, squeezed(stored));
      case FIRST_THIRD, SECOND_THIRD, LAST_THIRD -> third(stored);
    };
  }

  /** The parameter, in memory of its own unless it is the stored tensor itself. */
  Tensor of(Tensor stored) {
    return switch (form) {
      case SAME -> stored;
      case TRANSPOSED -> stored.permute(1, 0).contiguous();
      case SQUEEZED -> stored.reshape(shape(stored.shape())).copy();
      case FIRST_THIRD -> third(stored, 0);
      case SECOND_THIRD -> third(stored, 1);
      case LAST_THIRD -> third(stored, 2);
    };
  }

  private static Tensor third(Tensor stored, int index) {
    long rows = stored.size(0) / 3;
    return stored.narrow(0, index * rows, rows).copy();
  }

  private static long fromEnd(long[] stored, long index) {
    return stored[stored.length - 1 - (int) index];
  }

  private static long[] third(long... stored) {
    long[] part = stored.clone();
    part[0] /= 3;
    return part;
  }

  private static int squeezed(long... stored) {
    int dimensions = stored.length;
    while (dimensions > 2 && stored[dimensions - 1] == 1) {
      dimensions--;
    }
    return dimensions;
  }
}
