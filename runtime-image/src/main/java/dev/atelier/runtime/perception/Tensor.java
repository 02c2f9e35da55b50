package dev.atelier.runtime.perception;

/** Floats with a shape, as they go in and out of an ONNX model. */
@SuppressWarnings("ArrayRecordComponent") // lives only between two calls; never compared
record Tensor(float[] values, long... shape) {

  /** Size of the last axis. */
  int last() {
    return (int) shape[shape.length - 1];
  }
}
